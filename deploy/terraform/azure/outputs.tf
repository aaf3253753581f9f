output "database_address" {
  description = "Host for DATABASE_URL and DATABASE_MIGRATION_URL."
  value       = azurerm_postgresql_flexible_server.office.fqdn
}

output "storage_container" {
  description = "AZURE_CONTAINER."
  value       = azurerm_storage_container.resumes.name
}

output "storage_connection_string" {
  description = "AZURE_CONNECTION_STRING."
  value       = azurerm_storage_account.resumes.primary_connection_string
  sensitive   = true
}
