# By the username, or by the user's id.
terraform import salesforce_user.ada ada@example.com
terraform import salesforce_user.ada 0055g00000ABCDEAA5
