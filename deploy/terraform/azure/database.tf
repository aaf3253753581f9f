resource "azurerm_private_dns_zone" "database" {
  name                = "${local.name}.postgres.database.azure.com"
  resource_group_name = azurerm_resource_group.office.name
}

resource "azurerm_private_dns_zone_virtual_network_link" "database" {
  name                  = "database"
  resource_group_name   = azurerm_resource_group.office.name
  private_dns_zone_name = azurerm_private_dns_zone.database.name
  virtual_network_id    = azurerm_virtual_network.office.id
}

locals {
  skus = { small = "GP_Standard_D2ds_v5", middle = "GP_Standard_D4ds_v5", large = "MO_Standard_E8ds_v5" }
  # The next size that Azure sells, in MB.
  storage_sizes = [for gigabytes in [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384] : gigabytes * 1024]
  storage       = min([for megabytes in local.storage_sizes : megabytes if megabytes >= module.plan.database_gigabytes * 1024]...)
}

resource "azurerm_postgresql_flexible_server" "office" {
  name                          = local.name
  resource_group_name           = azurerm_resource_group.office.name
  location                      = azurerm_resource_group.office.location
  version                       = "17"
  sku_name                      = local.skus[var.database_size]
  storage_mb                    = local.storage
  auto_grow_enabled             = true
  backup_retention_days         = module.plan.backup_days
  geo_redundant_backup_enabled  = module.plan.is_production
  delegated_subnet_id           = azurerm_subnet.database.id
  private_dns_zone_id           = azurerm_private_dns_zone.database.id
  public_network_access_enabled = false
  administrator_login           = "intake"
  administrator_password        = var.database_password
  zone                          = "1"
  high_availability {
    mode                      = "ZoneRedundant"
    standby_availability_zone = "2"
  }
  lifecycle {
    # After a failover the zones have changed places.
    ignore_changes  = [zone, high_availability[0].standby_availability_zone]
    prevent_destroy = true
  }
  depends_on = [azurerm_private_dns_zone_virtual_network_link.database]
}

resource "azurerm_postgresql_flexible_server_database" "intake" {
  name      = "intake"
  server_id = azurerm_postgresql_flexible_server.office.id
  charset   = "UTF8"
}

# The migrations make these extensions; Azure wants them named.
resource "azurerm_postgresql_flexible_server_configuration" "extensions" {
  name      = "azure.extensions"
  server_id = azurerm_postgresql_flexible_server.office.id
  value     = "PG_TRGM,UNACCENT,PG_STAT_STATEMENTS"
}

resource "azurerm_postgresql_flexible_server_configuration" "tls" {
  name      = "ssl_min_protocol_version"
  server_id = azurerm_postgresql_flexible_server.office.id
  value     = "TLSv1.2"
}
