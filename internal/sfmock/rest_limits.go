package sfmock

// allowances are the daily and hourly limits of a fresh org besides API calls, none of them touched.
var allowances = []struct {
	name string
	max  int
}{
	{"DailyAsyncApexExecutions", 250_000},
	{"DailyBulkApiBatches", 15_000},
	{"DailyBulkV2QueryJobs", 10_000},
	{"DailyStandardVolumePlatformEvents", 25_000},
	{"DataStorageMB", 10_240},
	{"FileStorageMB", 10_240},
	{"HourlyTimeBasedWorkflow", 1_000},
	{"MassEmail", 5_000},
	{"PermissionSets", 1_500},
	{"SingleEmail", 5_000},
}

// limits answers GET /limits.
func (c *call) limits() (*reply, *apiError) {
	usage := c.org.usage
	body := document{{"DailyApiRequests", limitLeft(usage.max, max(0, usage.max-usage.used))}}
	for _, a := range allowances {
		body = append(body, member{a.name, limitLeft(a.max, a.max)})
	}
	return ok(body), nil
}

func limitLeft(most, remaining int) document {
	return document{{"Max", most}, {"Remaining", remaining}}
}
