package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"readout/eval"
)

// evalJoining scores joining on the corpora of one process in the folders of
// --articles, examples/ when none is named.
func evalJoining(ctx context.Context, e evalEnv) error {
	var list []eval.JoinScore
	roots := e.articles
	if len(roots) == 0 {
		roots = []string{"examples"}
	}
	for _, root := range roots {
		files, err := fs.Glob(os.DirFS(root), "*/events.json")
		if err != nil {
			return err
		}
		for _, f := range files {
			s, err := eval.Joining(ctx, e.reader, filepath.Join(root, filepath.Dir(f)))
			if err != nil {
				return err
			}
			list = append(list, s)
		}
	}
	return eval.WriteJoining(e.out, list, e.failed)
}
