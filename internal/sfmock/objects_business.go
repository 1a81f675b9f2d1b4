package sfmock

// businessObjects are what a company works with; to this org they are mostly things to grant rights on.
func businessObjects() []*object {
	return []*object{
		accountObject(), contactObject(), leadObject(), opportunityObject(), caseObject(), orderObject(), productObject(), campaignObject(), invoiceObject(),
	}
}

func accountObject() *object {
	return &object{
		Name: "Account", Label: "Account", Prefix: "001", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "Name", Type: "string", Label: "Account Name", Length: 255, Create: true, Update: true, Required: true},
			{Name: "Type", Type: "picklist", Label: "Account Type", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "ParentId", Type: "reference", Label: "Parent Account ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Account"}, Relationship: "Parent", ChildName: "ChildAccounts"},
			{Name: "BillingStreet", Type: "textarea", Label: "Billing Street", Length: 255, Create: true, Update: true},
			{Name: "BillingCity", Type: "string", Label: "Billing City", Length: 40, Create: true, Update: true},
			{Name: "BillingCountry", Type: "string", Label: "Billing Country", Length: 80, Create: true, Update: true},
			{Name: "Phone", Type: "phone", Label: "Account Phone", Length: 40, Create: true, Update: true, Permissionable: true},
			{Name: "AccountNumber", Type: "string", Label: "Account Number", Length: 40, Create: true, Update: true, Permissionable: true},
			{Name: "Website", Type: "url", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Industry", Type: "picklist", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "AnnualRevenue", Type: "currency", Label: "Annual Revenue", Create: true, Update: true, Permissionable: true},
			{Name: "NumberOfEmployees", Type: "int", Label: "Employees", Create: true, Update: true, Permissionable: true},
			{Name: "Description", Type: "textarea", Label: "Account Description", Length: 32000, Create: true, Update: true, Permissionable: true},
			{Name: "OwnerId", Type: "reference", Label: "Owner ID", Length: 18, Create: true, Update: true, NotNull: true, Reference: []string{"User"}, Relationship: "Owner"},
			{Name: "BillingCode__c", Type: "string", Label: "Billing Code", Length: 20, Create: true, Update: true, Permissionable: true},
		},
		Rules: ownedRules(),
	}
}

func contactObject() *object {
	return &object{
		Name: "Contact", Label: "Contact", Prefix: "003", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "AccountId", Type: "reference", Label: "Account ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Account"}, Relationship: "Account", ChildName: "Contacts"},
			{Name: "LastName", Type: "string", Label: "Last Name", Length: 80, Create: true, Update: true, Required: true},
			{Name: "FirstName", Type: "string", Label: "First Name", Length: 40, Create: true, Update: true},
			{Name: "Name", Type: "string", Label: "Full Name", Length: 121, Compute: fullName},
			{Name: "Email", Type: "email", Length: 80, Create: true, Update: true, Permissionable: true},
			{Name: "Phone", Type: "phone", Label: "Business Phone", Length: 40, Create: true, Update: true, Permissionable: true},
			{Name: "MobilePhone", Type: "phone", Label: "Mobile Phone", Length: 40, Create: true, Update: true, Permissionable: true},
			{Name: "Title", Type: "string", Length: 128, Create: true, Update: true, Permissionable: true},
			{Name: "Department", Type: "string", Length: 80, Create: true, Update: true, Permissionable: true},
			{Name: "MailingCity", Type: "string", Label: "Mailing City", Length: 40, Create: true, Update: true},
			{Name: "LeadSource", Type: "picklist", Label: "Lead Source", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "ReportsToId", Type: "reference", Label: "Reports To ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Contact"}, Relationship: "ReportsTo"},
			{Name: "OwnerId", Type: "reference", Label: "Owner ID", Length: 18, Create: true, Update: true, NotNull: true, Reference: []string{"User"}, Relationship: "Owner"},
		},
		Rules: ownedRules(),
	}
}

func leadObject() *object {
	return &object{
		Name: "Lead", Label: "Lead", Prefix: "00Q", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "LastName", Type: "string", Label: "Last Name", Length: 80, Create: true, Update: true, Required: true},
			{Name: "FirstName", Type: "string", Label: "First Name", Length: 40, Create: true, Update: true},
			{Name: "Name", Type: "string", Label: "Full Name", Length: 121, Compute: fullName},
			{Name: "Company", Type: "string", Length: 255, Create: true, Update: true, Required: true},
			{Name: "Title", Type: "string", Length: 128, Create: true, Update: true, Permissionable: true},
			{Name: "Email", Type: "email", Length: 80, Create: true, Update: true, Permissionable: true},
			{Name: "Phone", Type: "phone", Length: 40, Create: true, Update: true, Permissionable: true},
			{Name: "LeadSource", Type: "picklist", Label: "Lead Source", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Status", Type: "picklist", Length: 255, Create: true, Update: true, NotNull: true, Default: "Open - Not Contacted"},
			{Name: "Industry", Type: "picklist", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Rating", Type: "picklist", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "OwnerId", Type: "reference", Label: "Owner ID", Length: 18, Create: true, Update: true, NotNull: true, Reference: []string{"User"}, Relationship: "Owner"},
		},
		Rules: ownedRules(),
	}
}

func opportunityObject() *object {
	return &object{
		Name: "Opportunity", Label: "Opportunity", Prefix: "006", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "AccountId", Type: "reference", Label: "Account ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Account"}, Relationship: "Account", ChildName: "Opportunities"},
			{Name: "Name", Type: "string", Length: 120, Create: true, Update: true, Required: true},
			{Name: "Description", Type: "textarea", Length: 32000, Create: true, Update: true, Permissionable: true},
			{Name: "StageName", Type: "picklist", Label: "Stage", Length: 255, Create: true, Update: true, Required: true},
			{Name: "Amount", Type: "currency", Create: true, Update: true, Permissionable: true},
			{Name: "Probability", Type: "percent", Label: "Probability (%)", Create: true, Update: true, Permissionable: true},
			{Name: "CloseDate", Type: "date", Label: "Close Date", Create: true, Update: true, Required: true},
			{Name: "Type", Type: "picklist", Label: "Opportunity Type", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "NextStep", Type: "string", Label: "Next Step", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "LeadSource", Type: "picklist", Label: "Lead Source", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "CampaignId", Type: "reference", Label: "Campaign ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Campaign"}, Relationship: "Campaign", ChildName: "Opportunities"},
			{Name: "OwnerId", Type: "reference", Label: "Owner ID", Length: 18, Create: true, Update: true, NotNull: true, Reference: []string{"User"}, Relationship: "Owner"},
		},
		Rules: ownedRules(),
	}
}

func caseObject() *object {
	return &object{
		Name: "Case", Label: "Case", Prefix: "500", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "CaseNumber", Type: "string", Label: "Case Number", Length: 30, NotNull: true},
			{Name: "ContactId", Type: "reference", Label: "Contact ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Contact"}, Relationship: "Contact", ChildName: "Cases"},
			{Name: "AccountId", Type: "reference", Label: "Account ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Account"}, Relationship: "Account", ChildName: "Cases"},
			{Name: "Type", Type: "picklist", Label: "Case Type", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Status", Type: "picklist", Length: 255, Create: true, Update: true, Permissionable: true, Default: "New"},
			{Name: "Reason", Type: "picklist", Label: "Case Reason", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Origin", Type: "picklist", Label: "Case Origin", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Subject", Type: "string", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Priority", Type: "picklist", Length: 255, Create: true, Update: true, Permissionable: true, Default: "Medium"},
			{Name: "Description", Type: "textarea", Length: 32000, Create: true, Update: true, Permissionable: true},
			{Name: "SuppliedEmail", Type: "email", Label: "Web Email", Length: 80, Create: true, Update: true, Permissionable: true},
			{Name: "OwnerId", Type: "reference", Label: "Owner ID", Length: 18, Create: true, Update: true, NotNull: true, Reference: []string{"User"}, Relationship: "Owner"},
		},
		Rules: numberedRules("CaseNumber"),
	}
}

func orderObject() *object {
	return &object{
		Name: "Order", Label: "Order", Prefix: "801", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "AccountId", Type: "reference", Label: "Account ID", Length: 18, Create: true, Update: true, Required: true, Reference: []string{"Account"}, Relationship: "Account", ChildName: "Orders"},
			{Name: "OrderNumber", Type: "string", Label: "Order Number", Length: 30, NotNull: true},
			{Name: "EffectiveDate", Type: "date", Label: "Order Start Date", Create: true, Update: true, Required: true},
			{Name: "EndDate", Type: "date", Label: "Order End Date", Create: true, Update: true, Permissionable: true},
			{Name: "Status", Type: "picklist", Length: 255, Create: true, Update: true, Required: true},
			{Name: "Type", Type: "picklist", Label: "Order Type", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Description", Type: "textarea", Length: 32000, Create: true, Update: true, Permissionable: true},
			{Name: "PoNumber", Type: "string", Label: "PO Number", Length: 80, Create: true, Update: true, Permissionable: true},
			{Name: "BillingCity", Type: "string", Label: "Billing City", Length: 40, Create: true, Update: true},
			{Name: "ShippingCity", Type: "string", Label: "Shipping City", Length: 40, Create: true, Update: true},
			{Name: "OwnerId", Type: "reference", Label: "Owner ID", Length: 18, Create: true, Update: true, NotNull: true, Reference: []string{"User"}, Relationship: "Owner"},
		},
		Rules: numberedRules("OrderNumber"),
	}
}

func productObject() *object {
	return &object{
		Name: "Product2", Label: "Product", Prefix: "01t", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "Name", Type: "string", Label: "Product Name", Length: 255, Create: true, Update: true, Required: true},
			{Name: "ProductCode", Type: "string", Label: "Product Code", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Description", Type: "textarea", Label: "Product Description", Length: 4000, Create: true, Update: true, Permissionable: true},
			{Name: "IsActive", Type: "boolean", Label: "Active", Create: true, Update: true, Permissionable: true, NotNull: true, Default: false},
			{Name: "Family", Type: "picklist", Label: "Product Family", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "DisplayUrl", Type: "url", Label: "Display URL", Length: 1000, Create: true, Update: true, Permissionable: true},
			{Name: "QuantityUnitOfMeasure", Type: "picklist", Label: "Quantity Unit Of Measure", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "StockKeepingUnit", Type: "string", Label: "Product SKU", Length: 180, Create: true, Update: true, Permissionable: true},
		},
	}
}

func campaignObject() *object {
	return &object{
		Name: "Campaign", Label: "Campaign", Prefix: "701", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "Name", Type: "string", Length: 80, Create: true, Update: true, Required: true},
			{Name: "ParentId", Type: "reference", Label: "Parent Campaign ID", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"Campaign"}, Relationship: "Parent", ChildName: "ChildCampaigns"},
			{Name: "Type", Type: "picklist", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "Status", Type: "picklist", Length: 255, Create: true, Update: true, Permissionable: true},
			{Name: "StartDate", Type: "date", Label: "Start Date", Create: true, Update: true, Permissionable: true},
			{Name: "EndDate", Type: "date", Label: "End Date", Create: true, Update: true, Permissionable: true},
			{Name: "BudgetedCost", Type: "currency", Label: "Budgeted Cost", Create: true, Update: true, Permissionable: true},
			{Name: "ActualCost", Type: "currency", Label: "Actual Cost", Create: true, Update: true, Permissionable: true},
			{Name: "IsActive", Type: "boolean", Label: "Active", Create: true, Update: true, Permissionable: true, NotNull: true, Default: false},
			{Name: "Description", Type: "textarea", Length: 32000, Create: true, Update: true, Permissionable: true},
			{Name: "OwnerId", Type: "reference", Label: "Owner ID", Length: 18, Create: true, Update: true, NotNull: true, Reference: []string{"User"}, Relationship: "Owner"},
		},
		Rules: ownedRules(),
	}
}

// invoiceObject is a detail of Account: Account__c is master-detail, OpenAmount__c a formula.
func invoiceObject() *object {
	return &object{
		Name: "Invoice__c", Label: "Invoice", Prefix: "a00", Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{
			{Name: "Name", Type: "string", Label: "Invoice Number", Length: 80, NotNull: true},
			{Name: "Account__c", Type: "reference", Label: "Account", Length: 18, Create: true, Update: true, Required: true, Reference: []string{"Account"}, Relationship: "Account__r", ChildName: "Invoices__r"},
			{Name: "Amount__c", Type: "currency", Label: "Amount", Create: true, Update: true, Permissionable: true},
			{Name: "Currency__c", Type: "picklist", Label: "Currency", Length: 255, Create: true, Update: true, Permissionable: true, Default: "EUR", Picklist: []string{"EUR", "GBP", "USD"}},
			{Name: "DueDate__c", Type: "date", Label: "Due Date", Create: true, Update: true, Permissionable: true},
			{Name: "Paid__c", Type: "boolean", Label: "Paid", Create: true, Update: true, Permissionable: true, NotNull: true, Default: false},
			{Name: "Notes__c", Type: "textarea", Label: "Notes", Length: 32000, Create: true, Update: true, Permissionable: true},
			{Name: "ExternalNumber__c", Type: "string", Label: "External Number", Length: 40, Create: true, Update: true, Permissionable: true, Unique: true, IDLookup: true},
			{Name: "Approver__c", Type: "reference", Label: "Approver", Length: 18, Create: true, Update: true, Permissionable: true, Reference: []string{"User"}, Relationship: "Approver__r"},
			{Name: "OpenAmount__c", Type: "currency", Label: "Open Amount", Permissionable: true, Compute: openAmount},
		},
		Rules: numberedRules("Name"),
	}
}
