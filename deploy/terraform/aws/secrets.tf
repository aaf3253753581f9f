# Made here, except the token of the mail provider and the login of the office, which a person puts in once (deploy/README.md).
resource "random_bytes" "auth_secret" {
  length = 32
}

resource "random_password" "metrics_token" {
  length  = 40
  special = false
}

locals {
  secrets = {
    AUTH_SECRET   = random_bytes.auth_secret.base64
    METRICS_TOKEN = random_password.metrics_token.result
  }
  # What a person puts in: their values never come near this state.
  given = toset(concat(["POSTMARK_TOKEN", "DATABASE_URL", "DATABASE_MIGRATION_URL"], local.replica_secrets))
  # Lists and reports read the replica where there is one.
  replica_secrets = module.plan.is_production ? ["DATABASE_REPLICA_URL"] : []
}

resource "aws_secretsmanager_secret" "office" {
  for_each                = setunion(keys(local.secrets), local.given)
  name                    = "${local.name}/${each.value}"
  kms_key_id              = aws_kms_key.office.arn
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "made" {
  for_each      = nonsensitive(toset(keys(local.secrets)))
  secret_id     = aws_secretsmanager_secret.office[each.value].id
  secret_string = local.secrets[each.value]
}
