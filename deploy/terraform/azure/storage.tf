resource "azurerm_storage_account" "resumes" {
  name                            = var.storage_account
  resource_group_name             = azurerm_resource_group.office.name
  location                        = azurerm_resource_group.office.location
  account_tier                    = "Standard"
  account_replication_type        = module.plan.is_production ? "GZRS" : "LRS"
  min_tls_version                 = "TLS1_2"
  https_traffic_only_enabled      = true
  allow_nested_items_to_be_public = false
  blob_properties {
    versioning_enabled = true
    # A file that was deleted can be had back as long as the database can.
    delete_retention_policy {
      days = module.plan.backup_days
    }
    container_delete_retention_policy {
      days = module.plan.backup_days
    }
  }
  network_rules {
    default_action             = "Deny"
    bypass                     = ["AzureServices"]
    virtual_network_subnet_ids = [azurerm_subnet.product.id]
  }
}

resource "azurerm_storage_container" "resumes" {
  name                  = "resumes"
  storage_account_id    = azurerm_storage_account.resumes.id
  container_access_type = "private"
}

resource "azurerm_storage_management_policy" "resumes" {
  storage_account_id = azurerm_storage_account.resumes.id
  rule {
    name    = "old-versions"
    enabled = true
    filters {
      blob_types = ["blockBlob"]
    }
    actions {
      version {
        delete_after_days_since_creation = module.plan.backup_days
      }
    }
  }
}
