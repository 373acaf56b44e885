// Package examples holds the articles that come with the program: news of real
// diplomatic processes, each with what a careful reader gets out of it; and of
// one of them, many articles.
//
// It knows the files beside it and nothing else: it neither reads an article
// nor checks a reading. README.md says of each what it rests on and what is
// hard in it. The form of expect.json is that of the expectations' scorer: the
// name of the article, the day it was published, and a list of items, each a
// pattern over the actors, statements, events or issues of a reading.
package examples

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed */article.txt */expect.json */articles/*.jsonl
var files embed.FS

// Process is the slug of the example of many articles about one process.
const Process = "black-sea-grain-2022"

// Articles are the files of that process: an article a line, as the program
// reads them from a folder.
func Articles() fs.FS {
	dir, err := fs.Sub(files, Process+"/articles")
	if err != nil { // the name is no path
		panic(err)
	}
	return dir
}

// Example is one article and the expectations of it.
type Example struct {
	Slug      string    // the name of its folder: "iran-lausanne-2015"
	Title     string    // the article's first line
	Published time.Time // the day it came out, at midnight UTC
	Text      string    // the whole article, its title included
	Expect    []byte    // expect.json as it stands; not to be written to
}

// All gives every example, sorted by slug. The slice belongs to the caller, the
// bytes of Expect do not. Safe for many goroutines.
//
// It panics when an embedded file is malformed, which the package's own test
// rules out.
func All() []Example {
	all, err := decoded()
	if err != nil {
		panic(err)
	}
	return append([]Example(nil), all...)
}

var decoded = sync.OnceValues(func() ([]Example, error) { return load(files) })

// load reads every folder of fsys that holds an article. Folders come sorted
// by name, as fs.Glob gives them.
func load(fsys fs.FS) ([]Example, error) {
	names, err := fs.Glob(fsys, "*/article.txt")
	if err != nil {
		return nil, err
	}
	all := make([]Example, 0, len(names))
	for _, name := range names {
		e, err := one(fsys, path.Dir(name))
		if err != nil {
			return nil, fmt.Errorf("example %s: %w", path.Dir(name), err)
		}
		all = append(all, e)
	}
	return all, nil
}

func one(fsys fs.FS, slug string) (Example, error) {
	text, err := fs.ReadFile(fsys, path.Join(slug, "article.txt"))
	if err != nil {
		return Example{}, err
	}
	expect, err := fs.ReadFile(fsys, path.Join(slug, "expect.json"))
	if err != nil {
		return Example{}, err
	}
	var head struct {
		Published string `json:"published"`
	}
	if err := json.Unmarshal(expect, &head); err != nil {
		return Example{}, fmt.Errorf("expect.json: %w", err)
	}
	day, err := time.Parse(time.DateOnly, head.Published)
	if err != nil {
		return Example{}, fmt.Errorf("expect.json: published: %w", err)
	}
	title, _, _ := strings.Cut(string(text), "\n")
	return Example{Slug: slug, Title: title, Published: day, Text: string(text), Expect: expect}, nil
}
