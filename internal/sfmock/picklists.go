package sfmock

// timeZones are the values of every TimeZoneSidKey: the part of the Olson database that Salesforce offers.
var timeZones = []string{
	"Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Auckland", "Pacific/Enderbury", "Pacific/Fiji", "Pacific/Tongatapu",
	"Asia/Kamchatka", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Guadalcanal", "Pacific/Norfolk", "Australia/Adelaide",
	"Australia/Brisbane", "Australia/Darwin", "Asia/Seoul", "Asia/Tokyo", "Asia/Hong_Kong", "Asia/Kuala_Lumpur", "Asia/Manila",
	"Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Australia/Perth", "Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Jakarta",
	"Asia/Rangoon", "Asia/Dhaka", "Asia/Kathmandu", "Asia/Colombo", "Asia/Kolkata", "Asia/Karachi", "Asia/Tashkent",
	"Asia/Yekaterinburg", "Asia/Kabul", "Asia/Baku", "Asia/Dubai", "Asia/Tbilisi", "Asia/Yerevan", "Asia/Tehran",
	"Africa/Nairobi", "Asia/Baghdad", "Asia/Kuwait", "Asia/Riyadh", "Europe/Istanbul", "Europe/Minsk", "Europe/Moscow",
	"Africa/Cairo", "Africa/Johannesburg", "Asia/Beirut", "Asia/Jerusalem", "Europe/Athens", "Europe/Bucharest", "Europe/Helsinki",
	"Europe/Kyiv", "Europe/Vilnius", "Africa/Algiers", "Africa/Casablanca", "Africa/Lagos", "Europe/Amsterdam", "Europe/Berlin",
	"Europe/Brussels", "Europe/Budapest", "Europe/Copenhagen", "Europe/Dublin", "Europe/Lisbon", "Europe/London", "Europe/Madrid",
	"Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw",
	"Europe/Zurich", "GMT", "Atlantic/Azores", "Atlantic/Cape_Verde", "Atlantic/South_Georgia", "America/St_Johns",
	"America/Argentina/Buenos_Aires", "America/Halifax", "America/Montevideo", "America/Santiago", "America/Sao_Paulo",
	"Atlantic/Bermuda", "America/Caracas", "America/New_York", "America/Puerto_Rico", "America/Toronto", "America/Bogota",
	"America/Chicago", "America/Indiana/Indianapolis", "America/Lima", "America/Mexico_City", "America/Panama", "America/Denver",
	"America/El_Salvador", "America/Phoenix", "America/Los_Angeles", "America/Tijuana", "America/Anchorage", "America/Adak",
	"Pacific/Gambier", "Pacific/Honolulu", "Pacific/Marquesas", "Pacific/Niue", "Pacific/Pago_Pago",
}

// locales are the values of every LocaleSidKey.
var locales = []string{
	"ar_AE", "ar_EG", "ar_SA", "bg_BG", "ca_ES", "cs_CZ", "da_DK", "de", "de_AT", "de_CH", "de_DE", "el_GR", "en_AU", "en_CA",
	"en_GB", "en_HK", "en_IE", "en_IN", "en_MY", "en_NZ", "en_PH", "en_SG", "en_US", "en_ZA", "es_AR", "es_CL", "es_CO", "es_ES",
	"es_MX", "es_PE", "es_US", "et_EE", "fi_FI", "fr", "fr_BE", "fr_CA", "fr_CH", "fr_FR", "hr_HR", "hu_HU", "in_ID", "it_CH",
	"it_IT", "iw_IL", "ja_JP", "ko_KR", "lt_LT", "lv_LV", "ms_MY", "nl_BE", "nl_NL", "no_NO", "pl_PL", "pt_BR", "pt_PT", "ro_RO",
	"ru_RU", "sk_SK", "sl_SI", "sv_SE", "th_TH", "tr_TR", "uk_UA", "vi_VN", "zh_CN", "zh_HK", "zh_SG", "zh_TW",
}

// languages are the values of every LanguageLocaleKey: the fully supported ones, then those for end users.
var languages = []string{
	"en_US", "de", "es", "fr", "it", "ja", "sv", "ko", "zh_TW", "zh_CN", "pt_BR", "nl_NL", "da", "th", "fi", "ru", "es_MX", "no",
	"ar", "bg", "cs", "el", "en_GB", "hr", "hu", "in", "iw", "pl", "pt_PT", "ro", "sk", "sl", "tr", "uk", "vi",
}

var emailEncodings = []string{
	"UTF-8", "ISO-8859-1", "Shift_JIS", "ISO-2022-JP", "EUC-JP", "ks_c_5601-1987", "Big5", "GB2312", "Big5-HKSCS", "x-SJIS_0213",
}

var userTypes = []string{
	"Standard", "PowerPartner", "PowerCustomerSuccess", "CustomerSuccess", "Guest", "CspLitePortal", "CsnOnly", "SelfService",
	"AutomatedProcess", "CloudIntegrationUser",
}

var hoursOfDay = []string{
	"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23",
}
