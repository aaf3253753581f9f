resource "aws_cloudwatch_log_group" "office" {
  name              = local.name
  retention_in_days = 30
}

resource "aws_ecs_cluster" "office" {
  name = local.name
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

locals {
  environment = merge(var.settings, {
    NODE_ENV       = "production"
    PUBLIC_URL     = "https://${var.host}"
    STORAGE        = "s3"
    S3_BUCKET      = aws_s3_bucket.resumes.bucket
    S3_REGION      = var.region
    S3_SSE         = "aws:kms"
    S3_SSE_KMS_KEY = aws_kms_key.office.arn
    KMS_KEY_ARN    = aws_kms_key.resumes.arn
    MAIL           = "postmark"
    SCANNER        = "clamav"
    CLAMAV_ADDRESS = "tcp://127.0.0.1:3310"
    TRUST_PROXY    = "1"
  })
  common_secrets = concat(["AUTH_SECRET", "METRICS_TOKEN", "POSTMARK_TOKEN", "DATABASE_URL"], local.replica_secrets)
  roles = {
    api     = { command = "api", secrets = local.common_secrets, health = "/livez" }
    worker  = { command = "worker", secrets = local.common_secrets, health = "/livez" }
    migrate = { command = "migrate", secrets = concat(local.common_secrets, ["DATABASE_MIGRATION_URL"]), health = null }
    # For the commands beside a running office; a run names its own.
    operate = { command = "audit:verify", secrets = local.common_secrets, health = null }
  }
  logs = {
    for part in ["api", "worker", "migrate", "operate", "clamav"] : part => {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.office.name
        awslogs-region        = var.region
        awslogs-stream-prefix = part
      }
    }
  }
  intake = {
    for role, its in local.roles : role => {
      name                   = "intake"
      image                  = var.image
      command                = [its.command]
      essential              = true
      user                   = "10001:10001"
      readonlyRootFilesystem = true
      stopTimeout            = 30
      linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
      environment            = [for name, value in local.environment : { name = name, value = value }]
      secrets = [
        for name in its.secrets : { name = name, valueFrom = aws_secretsmanager_secret.office[name].arn }
      ]
      portMappings = role == "api" ? [{ containerPort = 3000, protocol = "tcp" }] : []
      mountPoints  = [{ sourceVolume = "data", containerPath = "/data" }, { sourceVolume = "tmp", containerPath = "/tmp" }]
      healthCheck = its.health == null ? null : {
        command     = ["CMD", "node", "docker/check-health.mjs", its.health]
        interval    = 10
        timeout     = 5
        retries     = 3
        startPeriod = 120
      }
      logConfiguration = local.logs[role]
    }
  }
  # Beside the worker, which alone asks it.
  clamav = {
    name                   = "clamav"
    image                  = var.clamav_image
    essential              = true
    user                   = "10003:10003"
    readonlyRootFilesystem = true
    linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    mountPoints            = [{ sourceVolume = "signatures", containerPath = "/var/lib/clamav" }, { sourceVolume = "tmp", containerPath = "/tmp" }]
    logConfiguration       = local.logs.clamav
  }
}

resource "aws_ecs_task_definition" "role" {
  for_each                 = local.roles
  family                   = "${local.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  # The scanner's signatures take over a gigabyte, and twice that while they are renewed.
  cpu                   = each.key == "worker" ? max(module.plan.size.cpu, 1024) : module.plan.size.cpu
  memory                = each.key == "worker" ? module.plan.size.memory + 4096 : module.plan.size.memory
  execution_role_arn    = aws_iam_role.start.arn
  task_role_arn         = aws_iam_role.product.arn
  container_definitions = jsonencode(each.key == "worker" ? [local.intake[each.key], local.clamav] : [local.intake[each.key]])

  dynamic "volume" {
    for_each = each.key == "worker" ? ["data", "tmp", "signatures"] : ["data", "tmp"]
    content {
      name = volume.value
    }
  }
}

resource "aws_ecs_service" "api" {
  name                               = "api"
  cluster                            = aws_ecs_cluster.office.id
  task_definition                    = aws_ecs_task_definition.role["api"].arn
  launch_type                        = "FARGATE"
  desired_count                      = module.plan.size.api
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 120
  enable_execute_command             = false
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.product.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.api.arn
    container_name   = "intake"
    container_port   = 3000
  }
  lifecycle {
    ignore_changes = [desired_count]
  }
  depends_on = [aws_lb_listener.tls]
}

resource "aws_ecs_service" "worker" {
  name                   = "worker"
  cluster                = aws_ecs_cluster.office.id
  task_definition        = aws_ecs_task_definition.role["worker"].arn
  launch_type            = "FARGATE"
  desired_count          = 1
  enable_execute_command = false
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.product.id]
  }
}

resource "aws_appautoscaling_target" "api" {
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.office.name}/${aws_ecs_service.api.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = module.plan.size.api
  max_capacity       = module.plan.size.api_most
}

resource "aws_appautoscaling_policy" "api" {
  name               = "${local.name}-api"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.api.service_namespace
  resource_id        = aws_appautoscaling_target.api.resource_id
  scalable_dimension = aws_appautoscaling_target.api.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
