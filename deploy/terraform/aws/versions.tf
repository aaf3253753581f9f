terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.7"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = {
      product     = "intake"
      office      = var.office
      environment = var.environment
    }
  }
}

module "plan" {
  source         = "../plan"
  environment    = var.environment
  office         = var.office
  cidr           = var.cidr
  leads_per_year = var.leads_per_year
}

locals {
  name = module.plan.name
}
