# Amazon makes the backups; the product knows of them by what is written down here, or its alerts fire (docs/operations.md).

locals {
  database_arn = "arn:aws:rds:${var.region}:${data.aws_caller_identity.here.account_id}"
  proof        = "${local.name}-proof"
}

data "aws_caller_identity" "here" {}

# RDS-EVENT-0002: the backup of a database is complete. A lost event is the next night's.
resource "aws_cloudwatch_event_rule" "backup_done" {
  name = "${local.name}-backup-done"
  event_pattern = jsonencode({
    source        = ["aws.rds"]
    "detail-type" = ["RDS DB Instance Event"]
    detail        = { EventID = ["RDS-EVENT-0002"], SourceIdentifier = [aws_db_instance.office.identifier] }
  })
}

resource "aws_cloudwatch_event_target" "backup_done" {
  rule     = aws_cloudwatch_event_rule.backup_done.name
  arn      = aws_ecs_cluster.office.arn
  role_arn = aws_iam_role.backups.arn
  ecs_target {
    launch_type         = "FARGATE"
    task_definition_arn = aws_ecs_task_definition.role["operate"].arn
    network_configuration {
      subnets         = aws_subnet.private[*].id
      security_groups = [aws_security_group.product.id]
    }
  }
  input_transformer {
    input_paths = { finished = "$.time" }
    # jsonencode would turn the brackets into escapes that are no placeholder.
    input_template = <<-JSON
      {"containerOverrides": [{"name": "intake", "command": ["backup:note", "--kind", "full", "--finished-at", "<finished>"]}]}
    JSON
  }
}

# On Sundays the newest archived state is restored as a database beside the office, compared with it and deleted, whatever comes of it.
resource "aws_sfn_state_machine" "prove_restore" {
  name     = "${local.name}-prove-restore"
  role_arn = aws_iam_role.backups.arn
  definition = jsonencode({
    StartAt        = "Restore"
    TimeoutSeconds = 28800
    States = {
      Restore = {
        Type     = "Task"
        Resource = "arn:aws:states:::aws-sdk:rds:restoreDBInstanceToPointInTime"
        Parameters = {
          SourceDBInstanceIdentifier = aws_db_instance.office.identifier
          TargetDBInstanceIdentifier = local.proof
          UseLatestRestorableTime    = true
          DbInstanceClass            = module.plan.size.database
          DbSubnetGroupName          = aws_db_subnet_group.office.name
          DbParameterGroupName       = aws_db_parameter_group.office.name
          VpcSecurityGroupIds        = [aws_security_group.database.id]
          PubliclyAccessible         = false
          MultiAZ                    = false
        }
        ResultPath = null
        Next       = "Begin"
      }
      Begin = { Type = "Pass", Result = { looks = 0 }, Next = "Wait" }
      Wait  = { Type = "Wait", Seconds = 60, Next = "Count" }
      Count = { Type = "Pass", Parameters = { "looks.$" = "States.MathAdd($.looks, 1)" }, Next = "Look" }
      Look = {
        Type       = "Task"
        Resource   = "arn:aws:states:::aws-sdk:rds:describeDBInstances"
        Parameters = { DbInstanceIdentifier = local.proof }
        ResultPath = "$.seen"
        Catch      = [{ ErrorEquals = ["States.ALL"], ResultPath = null, Next = "DeleteAndFail" }]
        Next       = "IsThere"
      }
      IsThere = {
        Type = "Choice"
        Choices = [
          { Variable = "$.seen.DbInstances[0].DbInstanceStatus", StringEquals = "available", Next = "Compare" },
          { Variable = "$.looks", NumericGreaterThan = 180, Next = "DeleteAndFail" },
        ]
        Default = "Wait"
      }
      Compare = {
        Type     = "Task"
        Resource = "arn:aws:states:::ecs:runTask.sync"
        Parameters = {
          Cluster        = aws_ecs_cluster.office.arn
          LaunchType     = "FARGATE"
          TaskDefinition = aws_ecs_task_definition.role["operate"].arn
          NetworkConfiguration = {
            AwsvpcConfiguration = {
              Subnets        = aws_subnet.private[*].id
              SecurityGroups = [aws_security_group.product.id]
            }
          }
          Overrides = {
            ContainerOverrides = [{
              Name        = "intake"
              "Command.$" = "States.Array('restore:prove', '--restored-host', $.seen.DbInstances[0].Endpoint.Address, '--begun-at', $$.Execution.StartTime, '--most-lost-minutes', '10')"
            }]
          }
        }
        ResultPath = null
        Catch      = [{ ErrorEquals = ["States.ALL"], ResultPath = null, Next = "DeleteAndFail" }]
        Next       = "Delete"
      }
      Delete        = merge(local.delete_proof, { End = true })
      DeleteAndFail = merge(local.delete_proof, { Next = "Failed" })
      Failed        = { Type = "Fail", Error = "NotProven", Cause = "docs/runbooks/restore-unproven.md" }
    }
  })
}

locals {
  delete_proof = {
    Type     = "Task"
    Resource = "arn:aws:states:::aws-sdk:rds:deleteDBInstance"
    Parameters = {
      DbInstanceIdentifier   = local.proof
      SkipFinalSnapshot      = true
      DeleteAutomatedBackups = true
    }
    # One that is still being made cannot be deleted yet.
    Retry      = [{ ErrorEquals = ["States.ALL"], IntervalSeconds = 300, MaxAttempts = 12, BackoffRate = 1 }]
    ResultPath = null
  }
}

resource "aws_cloudwatch_event_rule" "prove_restore" {
  name                = "${local.name}-prove-restore"
  schedule_expression = "cron(40 4 ? * SUN *)"
}

resource "aws_cloudwatch_event_target" "prove_restore" {
  rule     = aws_cloudwatch_event_rule.prove_restore.name
  arn      = aws_sfn_state_machine.prove_restore.arn
  role_arn = aws_iam_role.backups.arn
  input    = "{}"
}

resource "aws_cloudwatch_metric_alarm" "restore_unproven" {
  alarm_name          = "${local.name}-restore-unproven"
  namespace           = "AWS/States"
  metric_name         = "ExecutionsFailed"
  dimensions          = { StateMachineArn = aws_sfn_state_machine.prove_restore.arn }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 3600
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

data "aws_iam_policy_document" "backups_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com", "states.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "backups" {
  name               = "${local.name}-backups"
  assume_role_policy = data.aws_iam_policy_document.backups_trust.json
}

# Runs the one task, restores beside the office, and deletes nothing but what it has restored.
data "aws_iam_policy_document" "backups" {
  statement {
    actions   = ["ecs:RunTask"]
    resources = [aws_ecs_task_definition.role["operate"].arn]
  }
  statement {
    actions   = ["ecs:StopTask", "ecs:DescribeTasks", "rds:DescribeDBInstances"]
    resources = ["*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.start.arn, aws_iam_role.product.arn]
  }
  statement {
    actions = ["rds:RestoreDBInstanceToPointInTime"]
    resources = [
      aws_db_instance.office.arn, "${local.database_arn}:db:${local.proof}", "${local.database_arn}:og:*",
      aws_db_subnet_group.office.arn, aws_db_parameter_group.office.arn,
    ]
  }
  statement {
    actions   = ["rds:DeleteDBInstance"]
    resources = ["${local.database_arn}:db:${local.proof}"]
  }
  statement {
    actions   = ["kms:CreateGrant", "kms:DescribeKey"]
    resources = [aws_kms_key.office.arn]
  }
  statement {
    actions   = ["states:StartExecution"]
    resources = [aws_sfn_state_machine.prove_restore.arn]
  }
  # How Step Functions hears that a task has ended.
  statement {
    actions   = ["events:PutTargets", "events:PutRule", "events:DescribeRule"]
    resources = ["arn:aws:events:${var.region}:${data.aws_caller_identity.here.account_id}:rule/StepFunctionsGetEventsForECSTaskRule"]
  }
}

resource "aws_iam_role_policy" "backups" {
  role   = aws_iam_role.backups.id
  policy = data.aws_iam_policy_document.backups.json
}
