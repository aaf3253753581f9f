resource "aws_kms_key" "office" {
  description             = "${local.name}: database, bucket, secrets and logs"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

# Seals the key of each resume before it is stored (KMS_KEY_ARN): the bucket alone reads nothing.
resource "aws_kms_key" "resumes" {
  description             = "${local.name}: keys of resumes"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_db_subnet_group" "office" {
  name       = local.name
  subnet_ids = aws_subnet.inside[*].id
}

resource "aws_db_parameter_group" "office" {
  name   = local.name
  family = "postgres17"
  # A connection in plain is refused.
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
  # Long reads on the replica are not broken off by what the primary cleans up.
  parameter {
    name  = "hot_standby_feedback"
    value = "1"
  }
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }
  parameter {
    name         = "shared_preload_libraries"
    value        = "pg_stat_statements"
    apply_method = "pending-reboot"
  }
}

# The owner of the tables; its password is made and turned by Amazon and known to the migration only.
resource "aws_db_instance" "office" {
  identifier     = local.name
  engine         = "postgres"
  engine_version = "17"
  instance_class = module.plan.size.database
  db_name        = "intake"
  username       = "intake"

  manage_master_user_password   = true
  master_user_secret_kms_key_id = aws_kms_key.office.arn

  allocated_storage     = module.plan.database_gigabytes
  max_allocated_storage = module.plan.database_gigabytes * 4
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = aws_kms_key.office.arn

  multi_az                  = true
  backup_retention_period   = module.plan.backup_days
  backup_window             = "01:00-02:00"
  maintenance_window        = "sun:03:00-sun:04:00"
  copy_tags_to_snapshot     = true
  deletion_protection       = module.plan.is_production
  skip_final_snapshot       = !module.plan.is_production
  final_snapshot_identifier = "${local.name}-last"

  db_subnet_group_name            = aws_db_subnet_group.office.name
  vpc_security_group_ids          = [aws_security_group.database.id]
  parameter_group_name            = aws_db_parameter_group.office.name
  publicly_accessible             = false
  auto_minor_version_upgrade      = true
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.office.arn
  enabled_cloudwatch_logs_exports = ["postgresql"]
}

# Lists and reports read here.
resource "aws_db_instance" "replica" {
  count                  = module.plan.is_production ? 1 : 0
  identifier             = "${local.name}-replica"
  replicate_source_db    = aws_db_instance.office.identifier
  instance_class         = module.plan.size.database
  storage_encrypted      = true
  kms_key_id             = aws_kms_key.office.arn
  vpc_security_group_ids = [aws_security_group.database.id]
  parameter_group_name   = aws_db_parameter_group.office.name
  publicly_accessible    = false
  skip_final_snapshot    = true
}
