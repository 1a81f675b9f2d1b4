package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// terraform runs Terraform in a folder, with an environment of its own.
type terraform struct {
	dir       string
	variables map[string]string
	told      *story
}

// environment is the surroundings' without their settings for Terraform and Salesforce, and with the demo's.
func environment(variables map[string]string) []string {
	foreign := func(pair string) bool {
		return slices.ContainsFunc([]string{"TF_", "TERRAFORM_", "SALESFORCE_"}, func(prefix string) bool { return strings.HasPrefix(pair, prefix) })
	}
	all := append(slices.DeleteFunc(os.Environ(), foreign), "CHECKPOINT_DISABLE=1", "TF_INPUT=0")
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		all = append(all, name+"="+variables[name])
	}
	return all
}

// version returns Terraform's version if it is new enough.
func (t *terraform) version(ctx context.Context) (string, error) {
	if err := terraformTool.find(); err != nil {
		return "", err
	}
	answer, err := t.answer(ctx, "version", "-json")
	if err != nil {
		return "", err
	}
	return newEnough(answer)
}

// run shows a command and its output. Any other exit code than the expected is an error.
func (t *terraform) run(ctx context.Context, expected int, args ...string) error {
	t.told.command("terraform " + strings.Join(args, " "))
	if !t.told.color {
		args = append([]string{args[0], "-no-color"}, args[1:]...)
	}
	output := &transcript{out: t.told.out}
	c := t.command(ctx, args...)
	c.Stdout, c.Stderr = output, output
	err := c.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := output.end(); err != nil {
		return err
	}
	t.told.say("")
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok || ok && exit.ExitCode() < 0 {
		return fmt.Errorf("run terraform %s: %w", args[0], err)
	}
	if code := c.ProcessState.ExitCode(); code != expected {
		return fmt.Errorf("terraform %s ended with exit code %d instead of %d; what it says is above", args[0], code, expected)
	}
	return nil
}

// changes are the attributes that a saved plan changes, sorted, by the address of their resource.
func (t *terraform) changes(ctx context.Context, file string) (map[string][]string, error) {
	answer, err := t.answer(ctx, "show", "-json", file)
	if err != nil {
		return nil, err
	}
	var plan tfjson.Plan
	if err := plan.UnmarshalJSON(answer); err != nil {
		return nil, fmt.Errorf("read the plan: %w", err)
	}
	changed := map[string][]string{}
	for _, resource := range plan.ResourceChanges {
		before, _ := resource.Change.Before.(map[string]any)
		after, _ := resource.Change.After.(map[string]any)
		unknown, _ := resource.Change.AfterUnknown.(map[string]any)
		for name := range before {
			if isUnknown, _ := unknown[name].(bool); isUnknown || !reflect.DeepEqual(before[name], after[name]) {
				changed[resource.Address] = append(changed[resource.Address], name)
			}
		}
		slices.Sort(changed[resource.Address])
	}
	return changed, nil
}

// answer runs a command that is not part of the story.
func (t *terraform) answer(ctx context.Context, args ...string) ([]byte, error) {
	answer, err := t.command(ctx, args...).Output()
	if err != nil {
		return nil, fmt.Errorf("run terraform %s: %w", args[0], err)
	}
	return answer, nil
}

func (t *terraform) command(ctx context.Context, args ...string) *exec.Cmd {
	c := command(ctx, terraformTool.name, args...)
	c.Dir, c.Env = t.dir, environment(t.variables)
	return c
}
