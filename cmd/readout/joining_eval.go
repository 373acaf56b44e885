package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"readout/eval"
)

// evalJoining scores joining on the corpora of one process in examples/, where
// that is at hand, and in the folders of --articles.
func evalJoining(ctx context.Context, e evalEnv) error {
	var list []eval.JoinScore
	for _, root := range slices.Compact(append([]string{"examples"}, e.articles...)) {
		files, err := fs.Glob(os.DirFS(root), "*/events.json")
		if err != nil {
			return err
		}
		for _, f := range files {
			p, err := eval.FolderProcess(filepath.Join(root, filepath.Dir(f)))
			if err != nil {
				return err
			}
			s, err := eval.Joining(ctx, e.reader, p)
			if err != nil {
				return err
			}
			list = append(list, s)
		}
	}
	if e.generated > 0 {
		p, err := eval.GeneratedProcess(e.generated, e.seed)
		if err != nil {
			return err
		}
		s, err := eval.Joining(ctx, e.reader, p)
		if err != nil {
			return err
		}
		list = append(list, s)
	}
	return eval.WriteJoining(e.out, list, e.failed)
}
