package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"readout"
	"readout/codebook/petrarch"
	"readout/registry"
)

// knowledgeFlags are the files of a user's own knowledge, each defined once.
type knowledgeFlags struct {
	registry, actors, agents, verbs []string
}

// registerTables adds --registry.
func (f *knowledgeFlags) registerTables(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.registry, "registry", nil, "a table of your own people, bodies, places or roles (docs/registry.md); may be given again")
}

// registerDictionaries adds the flags for dictionaries of PETRARCH.
func (f *knowledgeFlags) registerDictionaries(c *cobra.Command) {
	fl := c.Flags()
	fl.StringArrayVar(&f.actors, "actors", nil, "a dictionary of actors in PETRARCH's format (docs/code.md); may be given again")
	fl.StringArrayVar(&f.agents, "agents", nil, "a dictionary of agents: nouns and their roles")
	fl.StringArrayVar(&f.verbs, "verbs", nil, "a dictionary of verbs and their patterns")
}

// set reads the files into cfg. Ill-formed lines of dictionaries are named on
// stderr, and what was loaded; an ill-formed table is an error.
func (f *knowledgeFlags) set(cfg *readout.Config, stderr io.Writer) error {
	var err error
	if cfg.Registry, err = f.openRegistry(); err != nil {
		return err
	}
	var d petrarch.Dictionary
	n := 0
	for _, kind := range [...]struct {
		flag, entries, phrases string
		files                  []string
		read                   func(string, io.Reader) (petrarch.Loaded, error)
	}{
		{"--actors", "actors", "names", f.actors, d.ReadActors},
		{"--agents", "agents", "nouns", f.agents, d.ReadAgents},
		{"--verbs", "verbs", "patterns", f.verbs, d.ReadVerbs},
	} {
		for _, name := range kind.files {
			l, err := readDictionary(name, kind.read)
			if err != nil {
				return fmt.Errorf("%s: %w", kind.flag, err)
			}
			for _, p := range l.Passed {
				fmt.Fprintln(stderr, p)
			}
			fmt.Fprintf(stderr, "readout: %s: %d %s with %d %s", name, l.Entries, kind.entries, l.Phrases, kind.phrases)
			if l.NotUsed > 0 {
				fmt.Fprintf(stderr, "; %d transformations, which are not used", l.NotUsed)
			}
			fmt.Fprintf(stderr, "; %d lines passed over\n", len(l.Passed))
			n++
		}
	}
	if n > 0 {
		cfg.Dictionary = &d
	}
	return nil
}

func readDictionary(name string, read func(string, io.Reader) (petrarch.Loaded, error)) (petrarch.Loaded, error) {
	in, err := os.Open(name)
	if err != nil {
		return petrarch.Loaded{}, err
	}
	defer in.Close()
	return read(name, in)
}

// openRegistry makes a registry of the embedded tables and a user's own; nil
// where there are none of these.
func (f *knowledgeFlags) openRegistry() (r *registry.Registry, err error) {
	if len(f.registry) == 0 {
		return nil, nil
	}
	var tables []registry.Table
	for _, name := range f.registry {
		in, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("--registry: %w", err)
		}
		defer in.Close()
		tables = append(tables, registry.Table{Name: name, R: in})
	}
	r, err = registry.New(registry.Config{Extra: tables})
	var bad *registry.SyntaxError
	if errors.As(err, &bad) {
		return nil, fmt.Errorf("--registry: %w", bad)
	}
	return r, err
}
