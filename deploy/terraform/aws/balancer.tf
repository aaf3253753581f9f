resource "aws_acm_certificate" "office" {
  domain_name       = var.host
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each = {
    for option in aws_acm_certificate.office.domain_validation_options : option.domain_name => option
  }
  zone_id = var.dns_zone_id
  name    = each.value.resource_record_name
  type    = each.value.resource_record_type
  records = [each.value.resource_record_value]
  ttl     = 300
}

resource "aws_acm_certificate_validation" "office" {
  certificate_arn         = aws_acm_certificate.office.arn
  validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
}

resource "aws_lb" "office" {
  name                       = local.name
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.balancer.id]
  subnets                    = aws_subnet.public[*].id
  drop_invalid_header_fields = true
  # Live updates send a heartbeat more often.
  idle_timeout               = 120
  enable_deletion_protection = module.plan.is_production
}

resource "aws_lb_target_group" "api" {
  name        = "${local.name}-api"
  vpc_id      = aws_vpc.office.id
  target_type = "ip"
  protocol    = "HTTP"
  port        = 3000
  # A task serves 5 s more after its readiness turned red, and ends what runs within 9.
  deregistration_delay          = 15
  load_balancing_algorithm_type = "least_outstanding_requests"
  health_check {
    path                = "/readyz"
    interval            = 5
    timeout             = 4
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.office.arn
  protocol          = "HTTP"
  port              = 80
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "tls" {
  load_balancer_arn = aws_lb.office.arn
  protocol          = "HTTPS"
  port              = 443
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.office.certificate_arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

# For the collector inside, never for outside.
resource "aws_lb_listener_rule" "metrics" {
  listener_arn = aws_lb_listener.tls.arn
  priority     = 1
  condition {
    path_pattern {
      values = ["/metrics", "/metrics/*"]
    }
  }
  action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_route53_record" "office" {
  zone_id = var.dns_zone_id
  name    = var.host
  type    = "A"
  alias {
    name                   = aws_lb.office.dns_name
    zone_id                = aws_lb.office.zone_id
    evaluate_target_health = true
  }
}
