variable "location" {
  description = "Where the office's data may lie, such as uksouth."
  type        = string
}

variable "environment" {
  description = "production or staging."
  type        = string
}

variable "office" {
  description = "Short name of the office: lower case letters, digits and hyphens."
  type        = string
}

variable "cidr" {
  description = "Addresses of the network, a /16."
  type        = string
  default     = "10.20.0.0/16"
}

variable "leads_per_year" {
  description = "How many leads a year the office expects; sizes follow from it."
  type        = number
  default     = 20000
}

variable "database_size" {
  description = "small, middle or large."
  type        = string
  default     = "small"
}

variable "database_password" {
  description = "Password of the owner of the tables; known to the migration only."
  type        = string
  sensitive   = true
}

variable "storage_account" {
  description = "Name of the storage account, unique in all of Azure: 3 to 24 lower case letters and digits."
  type        = string
}
