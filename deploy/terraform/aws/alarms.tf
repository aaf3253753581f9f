resource "aws_sns_topic" "alarms" {
  name              = "${local.name}-alarms"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_address
}

locals {
  database = { DBInstanceIdentifier = aws_db_instance.office.identifier }
  alarms = {
    errors = {
      namespace  = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", statistic = "Sum", above = 10
      dimensions = { LoadBalancer = aws_lb.office.arn_suffix }
    }
    unhealthy = {
      namespace  = "AWS/ApplicationELB", metric = "UnHealthyHostCount", statistic = "Maximum", above = 0
      dimensions = { LoadBalancer = aws_lb.office.arn_suffix, TargetGroup = aws_lb_target_group.api.arn_suffix }
    }
    database_cpu = {
      namespace = "AWS/RDS", metric = "CPUUtilization", statistic = "Average", above = 80, dimensions = local.database
    }
    database_connections = {
      namespace = "AWS/RDS", metric = "DatabaseConnections", statistic = "Maximum", above = 200, dimensions = local.database
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "above" {
  for_each            = local.alarms
  alarm_name          = "${local.name}-${each.key}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.above
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_full" {
  alarm_name          = "${local.name}-database-full"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = local.database
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = module.plan.database_gigabytes * 1024 * 1024 * 1024 * 0.2
  period              = 300
  evaluation_periods  = 2
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
