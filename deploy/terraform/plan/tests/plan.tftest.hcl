variables {
  environment    = "production"
  office         = "calder-rowe"
  cidr           = "10.20.0.0/16"
  leads_per_year = 20000
}

run "a_small_office" {
  command = plan

  assert {
    condition     = output.name == "calder-rowe-production"
    error_message = "the name is office and environment"
  }
  assert {
    condition     = output.subnets.public == ["10.20.0.0/24", "10.20.1.0/24", "10.20.2.0/24"]
    error_message = "public subnets are not where they should be: ${jsonencode(output.subnets)}"
  }
  assert {
    condition     = output.subnets.private == ["10.20.16.0/20", "10.20.32.0/20", "10.20.48.0/20"]
    error_message = "private subnets are not where they should be: ${jsonencode(output.subnets)}"
  }
  assert {
    condition     = output.subnets.inside == ["10.20.128.0/24", "10.20.129.0/24", "10.20.130.0/24"]
    error_message = "the database's subnets are not where they should be: ${jsonencode(output.subnets)}"
  }
  assert {
    condition     = output.database_gigabytes == 20 && output.size.database == "db.t4g.medium"
    error_message = "a small office gets a small database"
  }
  assert {
    condition     = output.backup_days == 35 && output.is_production
    error_message = "production keeps 35 days"
  }
}

run "a_hundred_million_leads" {
  command = plan
  variables {
    leads_per_year = 100000000
  }

  assert {
    condition     = output.database_gigabytes > 8000 && output.size.api_most == 24
    error_message = "sizes do not grow with the leads"
  }
}

run "staging" {
  command = plan
  variables {
    environment = "staging"
  }

  assert {
    condition     = output.backup_days == 7 && !output.is_production
    error_message = "staging is no production"
  }
}

run "an_environment_that_is_none" {
  command = plan
  variables {
    environment = "test"
  }
  expect_failures = [var.environment]
}

run "a_name_that_no_bucket_may_have" {
  command = plan
  variables {
    office = "Calder & Rowe"
  }
  expect_failures = [var.office]
}

run "a_network_too_small" {
  command = plan
  variables {
    cidr = "10.20.0.0/24"
  }
  expect_failures = [var.cidr]
}

run "no_leads" {
  command = plan
  variables {
    leads_per_year = 0
  }
  expect_failures = [var.leads_per_year]
}
