package sfclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// deployPace is how a deployment is watched. The org does one at a time, so that others may have to end before it begins.
var deployPace = pace{base: time.Second, limit: 15 * time.Second, most: time.Hour}

// cancelTime is how long a deployment that the caller has given up is watched while Salesforce cancels it.
const cancelTime = 15 * time.Second

// DeployItem is one component of a deployment.
type DeployItem struct {
	Type      string // the component's own: SecuritySettings rather than Settings
	FullName  string // Security
	Component *Component
}

// DeployOptions are what may differ between deployments. All of them are of a single package and are rolled back on any error.
type DeployOptions struct {
	IgnoreWarnings bool // they fail the deployment otherwise
	CheckOnly      bool // change nothing, only find out what would come of it

	// Once is for content that does more the second time, such as a rotation: when it stays open whether Salesforce has taken the
	// deployment, it is not sent again and the error is an UncertainError.
	Once bool
}

// Deploy writes components in one transaction, and returns when it is through. op says what for, as in "rotate the key of Robot".
// A failure is a *DeployError. When ctx ends on the way, the deployment is cancelled; the error says what came of that and is an
// UncertainError where nobody knows. A deployment that was faster than its cancellation counts as what it ended as.
// Source: Metadata API guide, Deploy Metadata with REST.
func (c *Client) Deploy(ctx context.Context, op string, items []DeployItem, options DeployOptions) error {
	touch := func() {
		for _, item := range items {
			c.touchComponent(item.Type, item.FullName)
		}
	}
	touch()
	defer touch()
	if options.Once || options.CheckOnly {
		return c.deploy(ctx, op, items, options)
	}
	outcome, err := c.deployments.of(options).do(ctx, parcel{op, items})
	return cmp.Or(err, outcome)
}

// parcel is what one caller wants deployed.
type parcel struct {
	op    string
	items []DeployItem
}

// parcels makes the gatherer for deployments with the same options: one at a time, so that those who come during one share the next.
func (c *Client) parcels(options DeployOptions) *gatherer[parcel, error] {
	return &gatherer[parcel, error]{most: maxComponents, patient: true, write: true, abortable: true, send: func(ctx context.Context, parcels []parcel) ([]error, error) {
		outcomes := make([]error, len(parcels))
		if len(parcels) > 1 {
			if err := c.deployTogether(ctx, parcels, options); !blamesContent(err) || ctx.Err() != nil {
				return outcomes, err
			}
		}
		for i, p := range parcels {
			outcomes[i] = c.deploy(ctx, p.op, p.items, options)
		}
		return outcomes, nil
	}}
}

// blamesContent tells that a deployment failed for what was in it, or that it is open whether it did: both are settled by deploying each
// part alone, which may be done twice.
func blamesContent(err error) bool {
	_, judged := errors.AsType[*DeployError](err)
	_, unfit := errors.AsType[unfitError](err)
	return judged || unfit || uncertain(err)
}

// unfitError is a package that can't be made, so that nothing was sent.
type unfitError struct{ error }

// Unwrap lets errors.Is see what is wrong with it.
func (e unfitError) Unwrap() error { return e.error }

func (c *Client) deployTogether(ctx context.Context, parcels []parcel, options DeployOptions) error {
	var items []DeployItem
	for _, p := range parcels {
		items = append(items, p.items...)
	}
	return c.deploy(ctx, fmt.Sprintf("%s, with %d more", parcels[0].op, len(parcels)-1), items, options)
}

// deploy has one deployment.
func (c *Client) deploy(ctx context.Context, op string, items []DeployItem, options DeployOptions) error {
	body, err := deployForm(items, c.config.APIVersion, options)
	if err != nil {
		return unfitError{fmt.Errorf("%s: %w", op, err)}
	}
	d := &deployment{client: c, op: op, body: body, once: options.Once}
	again := func(err error) bool { return errors.Is(err, ErrLocked) && !uncertain(err) }
	_, err = retryWhile(ctx, lockPace, again, func() (struct{}, error) { return struct{}{}, d.run(ctx) })
	if _, judged := errors.AsType[*DeployError](err); err != nil && d.lost && !judged && !uncertain(err) {
		return &UncertainError{fmt.Errorf("%w. The answer to a request before that one was lost", err)}
	}
	return err
}

// deployment is one on its way.
type deployment struct {
	client *Client
	op     string
	body   *form
	once   bool
	lost   bool // an answer was, so that Salesforce may have a deployment whose id is not known
}

// run holds the org's turn until the deployment has ended.
func (d *deployment) run(ctx context.Context) error {
	select {
	case d.client.metadataTurn <- struct{}{}:
		defer func() { <-d.client.metadataTurn }()
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", d.op, ctx.Err())
	}
	id, err := d.send(ctx)
	if err != nil {
		return err
	}
	result, err := d.watch(ctx, id)
	if err != nil {
		return d.abandon(ctx, id, err)
	}
	return result.verdict(d.op, id)
}

// send starts the deployment. A request that is under way is waited for even if the caller gives up: without the id there is
// nothing to cancel.
func (d *deployment) send(ctx context.Context) (id string, err error) {
	patient, stop := context.WithTimeout(context.WithoutCancel(ctx), attemptTimeout)
	defer stop()
	again := func(err error) bool { return uncertain(err) && !d.once }
	return retryWhile(ctx, transportPace, again, func() (string, error) {
		var accepted struct {
			ID string `json:"id"`
		}
		err := d.client.do(patient, request{op: d.op, method: http.MethodPost, path: d.path(""), form: d.body}, &accepted)
		if err == nil && accepted.ID == "" {
			err = &UncertainError{&Error{Op: d.op, Status: http.StatusCreated, Message: "Salesforce took the deployment and gave it no id"}}
		}
		d.lost = d.lost || uncertain(err)
		return accepted.ID, err
	})
}

// unfinishedError is the status of a deployment that has not ended.
type unfinishedError string

func (s unfinishedError) Error() string { return "it was still " + string(s) }

// watch waits until the deployment has ended.
func (d *deployment) watch(ctx context.Context, id string) (deployResult, error) {
	again := func(err error) bool {
		_, unfinished := errors.AsType[unfinishedError](err)
		return unfinished
	}
	return retryWhile(ctx, deployPace, again, func() (deployResult, error) {
		var answer struct {
			Result deployResult `json:"deployResult"`
		}
		err := d.client.do(ctx, request{
			op: "watch deployment " + id, method: http.MethodGet, path: d.path(id), query: map[string][]string{"includeDetails": {"true"}}, idempotent: true,
		}, &answer)
		if err == nil && outcomes[answer.Result.Status] == underWay {
			err = unfinishedError(answer.Result.Status)
		}
		return answer.Result, err
	})
}

// abandon has a deployment cancelled that can't be watched any longer, and finds out what came of it.
func (d *deployment) abandon(ctx context.Context, id string, reason error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), cancelTime)
	defer stop()
	cancel := map[string]any{"deployResult": map[string]string{"status": "Canceling"}}
	refused := d.client.do(ctx, request{op: "cancel deployment " + id, method: http.MethodPatch, path: d.path(id), body: cancel, idempotent: true}, nil)
	result, err := d.watch(ctx, id)
	switch {
	case err == nil && result.Status == "Canceled":
		return fmt.Errorf("%s: deployment %s was cancelled and nothing of it was done: %w", d.op, id, reason)
	case err == nil:
		return result.verdict(d.op, id)
	case refused != nil:
		return &UncertainError{fmt.Errorf("%s: deployment %s is in Salesforce's hands, and asking to cancel it failed (%w): %w", d.op, id, refused, reason)}
	}
	return &UncertainError{fmt.Errorf("%s: deployment %s is in the hands of Salesforce, which was asked to cancel it: %w", d.op, id, reason)}
}

func (d *deployment) path(id string) string {
	path := d.client.rest("/metadata/deployRequest")
	if id != "" {
		path += "/" + id
	}
	return path
}
