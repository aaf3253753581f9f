data "aws_availability_zones" "all" {
  state = "available"
}

resource "aws_vpc" "office" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = local.name }
}

resource "aws_subnet" "public" {
  count             = length(module.plan.subnets.public)
  vpc_id            = aws_vpc.office.id
  cidr_block        = module.plan.subnets.public[count.index]
  availability_zone = data.aws_availability_zones.all.names[count.index]
  tags              = { Name = "${local.name}-public-${count.index}" }
}

resource "aws_subnet" "private" {
  count             = length(module.plan.subnets.private)
  vpc_id            = aws_vpc.office.id
  cidr_block        = module.plan.subnets.private[count.index]
  availability_zone = data.aws_availability_zones.all.names[count.index]
  tags              = { Name = "${local.name}-private-${count.index}" }
}

# Without a way out: only the database lies here.
resource "aws_subnet" "inside" {
  count             = length(module.plan.subnets.inside)
  vpc_id            = aws_vpc.office.id
  cidr_block        = module.plan.subnets.inside[count.index]
  availability_zone = data.aws_availability_zones.all.names[count.index]
  tags              = { Name = "${local.name}-inside-${count.index}" }
}

resource "aws_internet_gateway" "office" {
  vpc_id = aws_vpc.office.id
}

resource "aws_eip" "way_out" {
  domain = "vpc"
}

resource "aws_nat_gateway" "way_out" {
  allocation_id = aws_eip.way_out.id
  subnet_id     = aws_subnet.public[0].id
  depends_on    = [aws_internet_gateway.office]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.office.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.office.id
  }
}

resource "aws_route_table_association" "public" {
  count          = length(aws_subnet.public)
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.office.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.way_out.id
  }
}

resource "aws_route_table_association" "private" {
  count          = length(aws_subnet.private)
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

# Resumes never leave Amazon's network on their way to the bucket.
resource "aws_vpc_endpoint" "storage" {
  vpc_id          = aws_vpc.office.id
  service_name    = "com.amazonaws.${var.region}.s3"
  route_table_ids = [aws_route_table.private.id]
}

resource "aws_security_group" "balancer" {
  name   = "${local.name}-balancer"
  vpc_id = aws_vpc.office.id
}

resource "aws_security_group" "product" {
  name   = "${local.name}-product"
  vpc_id = aws_vpc.office.id
}

resource "aws_security_group" "database" {
  name   = "${local.name}-database"
  vpc_id = aws_vpc.office.id
}

resource "aws_vpc_security_group_ingress_rule" "world" {
  for_each          = toset(["80", "443"])
  security_group_id = aws_security_group.balancer.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.value)
  to_port           = tonumber(each.value)
}

resource "aws_vpc_security_group_egress_rule" "balancer" {
  security_group_id            = aws_security_group.balancer.id
  referenced_security_group_id = aws_security_group.product.id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
}

resource "aws_vpc_security_group_ingress_rule" "product" {
  security_group_id            = aws_security_group.product.id
  referenced_security_group_id = aws_security_group.balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
}

# The provider of mail, the bucket, the signatures of the scanner.
resource "aws_vpc_security_group_egress_rule" "product_out" {
  security_group_id = aws_security_group.product.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "product_database" {
  security_group_id            = aws_security_group.product.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.product.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
