output "address" {
  description = "What people open."
  value       = "https://${var.host}"
}

output "database_address" {
  description = "Host and port for DATABASE_URL and DATABASE_MIGRATION_URL."
  value       = aws_db_instance.office.endpoint
}

output "replica_address" {
  description = "Host and port for DATABASE_REPLICA_URL; empty on staging."
  value       = one(aws_db_instance.replica[*].endpoint)
}

output "operate" {
  description = "Task for the commands of the image, such as setup:link: run it with the command as override."
  value       = aws_ecs_task_definition.role["operate"].arn
}

output "migrate" {
  description = "Task that brings the database up to date; run it before each new version."
  value       = aws_ecs_task_definition.role["migrate"].arn
}
