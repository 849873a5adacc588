package cli

import (
	"errors"
	"sync"

	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/release"
)

// asked at once are this many projects of an index.
const condaReaders = 16

// checkConda refuses what a conda environment names and no project is called, all of it at once.
func checkConda(in *inputs.Inputs, db release.Database) error {
	var wait sync.WaitGroup
	slots := make(chan struct{}, condaReaders)
	unknown := make([]bool, len(in.Requirements))
	for i, req := range in.Requirements {
		if req.Conda == "" {
			continue
		}
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			_, err := db.Project(pep508.NormalizeName(req.Name))
			unknown[i] = errors.Is(err, release.ErrNotFound) // any other error the resolver meets again
		})
	}
	wait.Wait()
	var none []inputs.Requirement
	for i, req := range in.Requirements {
		if unknown[i] {
			none = append(none, req)
		}
	}
	if len(none) == 0 {
		return nil
	}
	return inputs.NoProjects(none, "nobody knows Python projects of these names")
}
