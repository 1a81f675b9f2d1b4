package main

import (
	"context"
	"fmt"
)

// stage is a step in the life of a configuration that is to be measured.
type stage struct {
	name    string
	runs    int
	command command
}

// step is what a stage took, and what it takes a provider that does nothing.
type step struct {
	name      string
	own, bare sample
}

// measureSteps runs the stages one after the other, each in both workspaces.
func measureSteps(ctx context.Context, stages []stage, own, bare *workspace) ([]step, error) {
	steps := make([]step, len(stages))
	for i, s := range stages {
		samples, err := sideBySide(ctx, s.runs, s.command, own, bare)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		steps[i] = step{s.name, samples[0], samples[1]}
	}
	return steps, nil
}
