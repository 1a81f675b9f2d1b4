package sfmock

// oauthTokenObject lists the refresh tokens. Its pages are small and end for good after five (Object Reference).
func oauthTokenObject() *object {
	return &object{
		Name: "OauthToken", Label: "OAuth Token", Prefix: "0CQ", PageRows: 500, MostRows: 2500,
		Fields: []*field{
			{Name: "AccessToken", Type: "string", Label: "Access Token", Length: 255},
			{Name: "DeleteToken", Type: "string", Label: "Delete Token", Length: 255},
			{Name: "RequestToken", Type: "string", Label: "Request Token", Length: 255},
			{Name: "UserId", Type: "reference", Label: "User ID", Length: 18, Reference: []string{"User"}, Relationship: "User"},
			{Name: "AppName", Type: "string", Label: "Application Name", Length: 80},
			{Name: "AppMenuItemId", Type: "reference", Label: "App Menu Item ID", Length: 18},
			{Name: "LastUsedDate", Type: "datetime", Label: "Last Used"},
			{Name: "UseCount", Type: "int", Label: "Use Count"},
		},
		Rows: oauthTokens,
	}
}

// oauthTokens are the rows of the tokens that a caller may see. They have no id.
func oauthTokens(o *Org, caller *session) []*record {
	var rows []*record
	for _, t := range o.tokensFor(caller) {
		rows = append(rows, &record{object: o.object("OauthToken"), values: map[string]any{
			"CreatedDate": t.made, "AccessToken": t.refresh, "DeleteToken": t.delete, "UserId": t.user.id, "AppName": t.app.Name, "LastUsedDate": t.used, "UseCount": t.uses,
		}})
	}
	o.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}
