# One state per org, with a lock: two people never apply to one org at a time. The connection comes from PG_CONN_STR.
terraform {
  backend "pg" {
    schema_name = "salesforce"
  }
}
