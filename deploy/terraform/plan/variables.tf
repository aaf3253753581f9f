variable "environment" {
  description = "production or staging."
  type        = string
  validation {
    condition     = contains(["production", "staging"], var.environment)
    error_message = "environment must be production or staging."
  }
}

variable "office" {
  description = "Short name of the office: lower case letters, digits and hyphens."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.office))
    error_message = "office must have 3 to 20 lower case letters, digits and hyphens, and begin with a letter."
  }
}

variable "cidr" {
  description = "Addresses of the network, a /16."
  type        = string
  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "cidr must be a /16 such as 10.20.0.0/16."
  }
}

variable "leads_per_year" {
  description = "How many leads a year the office expects; sizes follow from it."
  type        = number
  validation {
    condition     = var.leads_per_year > 0 && var.leads_per_year <= 100000000
    error_message = "leads_per_year must lie between 1 and 100,000,000."
  }
}
