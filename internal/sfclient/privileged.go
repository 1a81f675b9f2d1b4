package sfclient

// PrivilegedPermissions are the user permissions any of which makes a user privileged, however it is granted: such a user needs
// phishing-resistant multi-factor authentication at every login to the user interface. Source: Salesforce Help, 005321563.
var PrivilegedPermissions = []string{"ModifyAllData", "ViewAllData", "CustomizeApplication", "AuthorApex"}

// PrivilegedProfile is the API name of the standard profile whose users are privileged, whatever it grants: System Administrator.
const PrivilegedProfile = "Admin"
