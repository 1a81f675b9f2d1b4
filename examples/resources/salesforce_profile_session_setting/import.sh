# By the profile's name, its API name or its id.
terraform import salesforce_profile_session_setting.administrators "System Administrator"
terraform import salesforce_profile_session_setting.administrators Admin
terraform import salesforce_profile_session_setting.administrators 00e5g000000ABCDEA4
