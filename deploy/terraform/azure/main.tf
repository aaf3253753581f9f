# Storage and database of an office on Azure; the product itself runs there from deploy/kubernetes with STORAGE=azure.
terraform {
  required_version = ">= 1.9"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

provider "azurerm" {
  features {}
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

resource "azurerm_resource_group" "office" {
  name     = local.name
  location = var.location
}

resource "azurerm_virtual_network" "office" {
  name                = local.name
  resource_group_name = azurerm_resource_group.office.name
  location            = azurerm_resource_group.office.location
  address_space       = [var.cidr]
}

resource "azurerm_subnet" "product" {
  name                 = "product"
  resource_group_name  = azurerm_resource_group.office.name
  virtual_network_name = azurerm_virtual_network.office.name
  address_prefixes     = [module.plan.subnets.private[0]]
  service_endpoints    = ["Microsoft.Storage"]
}

resource "azurerm_subnet" "database" {
  name                 = "database"
  resource_group_name  = azurerm_resource_group.office.name
  virtual_network_name = azurerm_virtual_network.office.name
  address_prefixes     = [module.plan.subnets.inside[0]]
  delegation {
    name = "postgres"
    service_delegation {
      name    = "Microsoft.DBforPostgreSQL/flexibleServers"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}
