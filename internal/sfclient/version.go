package sfclient

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// agreeOnVersion checks that the org speaks the configured API version. A default that the org does not know yet gives way to the
// newest it has; a version that somebody chose does not.
func (c *Client) agreeOnVersion(ctx context.Context, chosen bool) error {
	live, err := c.sessions.get(ctx, nil)
	if err != nil {
		return err
	}
	var offered []struct {
		Version string `json:"version"`
	}
	r := request{op: "list the org's API versions", method: http.MethodGet, path: "/services/data", idempotent: true, anonymous: true}
	c.config.InstanceURL = live.instance
	if err := c.do(ctx, r, &offered); err != nil {
		return err
	}
	newest, oldest := 0.0, 1000.0
	for _, o := range offered {
		if o.Version == c.config.APIVersion {
			return c.checkToken(live)
		}
		if number, err := strconv.ParseFloat(o.Version, 64); err == nil {
			newest, oldest = max(newest, number), min(oldest, number)
		}
	}
	if newest == 0 {
		return &ConfigError{"InstanceURL", live.instance + " lists no API versions. Is it the My Domain of an org?"}
	}
	if chosen {
		return &ConfigError{"APIVersion", fmt.Sprintf("the org does not offer API version %s; it offers %.1f to %.1f.", c.config.APIVersion, oldest, newest)}
	}
	c.config.APIVersion = fmt.Sprintf("%.1f", newest)
	c.warnings = append(c.warnings, fmt.Sprintf("The org does not offer API version %s yet, so %s is used.", DefaultAPIVersion, c.config.APIVersion))
	return c.checkToken(live)
}

// checkToken warns of a token that the Metadata API would refuse: SOAP takes JWT-shaped tokens from version 68.0 on.
func (c *Client) checkToken(live *session) error {
	if c.Release() < 68 && strings.HasPrefix(live.token, "eyJ") && strings.Count(live.token, ".") == 2 {
		c.warnings = append(c.warnings, "The app issues JWT-based access tokens, which the Metadata API takes from version 68.0 on only. Raise the API version, or switch them off in the app's OAuth settings.")
	}
	return nil
}

// Release is the API version as a whole number: 68 for 68.0.
func (c *Client) Release() int {
	number, _ := strconv.ParseFloat(c.config.APIVersion, 64) // agreeOnVersion has read it
	return int(number)
}
