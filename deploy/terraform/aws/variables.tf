variable "region" {
  description = "Where the office's data may lie, such as eu-west-2."
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

variable "host" {
  description = "The name that people open, such as intake.example.com."
  type        = string
}

variable "dns_zone_id" {
  description = "Route 53 zone of the host."
  type        = string
}

variable "image" {
  description = "Image of Intake with its digest, such as registry.example.com/intake@sha256:…"
  type        = string
}

variable "clamav_image" {
  description = "Image of docker/services, target clamav, with its digest."
  type        = string
}

variable "settings" {
  description = "Further settings of README.md by name: OFFICE_NAME, OFFICE_PHONE, OFFICE_TIME_ZONE, MAIL_FROM; STAGING and STAGING_RECIPIENTS on staging."
  type        = map(string)
}

variable "alarm_address" {
  description = "Email address that alarms go to."
  type        = string
}
