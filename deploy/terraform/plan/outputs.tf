output "name" {
  description = "Prefix of every name."
  value       = local.name
}

output "subnets" {
  description = "Addresses by kind (public, private, inside), one per zone."
  value       = local.subnets
}

output "database_gigabytes" {
  description = "Storage of the database in GB, twice what three years of leads take."
  value       = local.database_gigabytes
}

output "size" {
  description = "Sizes of the machines: database class, cpu units and memory (MB) of a task, tasks of the api."
  value       = local.sizes[local.size]
}

output "backup_days" {
  description = "Days that any second of the database can be had back."
  value       = local.backup_days
}

output "is_production" {
  description = "Whether losing it must be hard: deletion protection, a second zone, a replica."
  value       = local.is_production
}
