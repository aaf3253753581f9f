# Names, addresses and sizes, without any provider: what can be tested without a cloud.
locals {
  name = "${var.office}-${var.environment}"

  is_production = var.environment == "production"

  # Three zones. Public: only the balancer. Private: the product. Inside: the database, without a way out.
  zones = 3
  subnets = {
    public  = [for zone in range(local.zones) : cidrsubnet(var.cidr, 8, zone)]
    private = [for zone in range(local.zones) : cidrsubnet(var.cidr, 4, zone + 1)]
    inside  = [for zone in range(local.zones) : cidrsubnet(var.cidr, 8, zone + 16 * 8)]
  }

  # 14 KB a lead with the text of its resume, as measured on a million leads (docs/scaling.md), kept for three years, and as much again.
  database_gigabytes = max(20, ceil(var.leads_per_year * 3 * 14 / 1024 / 1024 * 2))

  sizes = {
    small  = { database = "db.t4g.medium", cpu = 512, memory = 1024, api = 2, api_most = 4 }
    middle = { database = "db.m7g.large", cpu = 1024, memory = 2048, api = 2, api_most = 8 }
    large  = { database = "db.r7g.2xlarge", cpu = 2048, memory = 4096, api = 3, api_most = 24 }
  }
  size = var.leads_per_year <= 100000 ? "small" : var.leads_per_year <= 5000000 ? "middle" : "large"

  backup_days = local.is_production ? 35 : 7
}
