package main

import (
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"readout/ingest/fetch"
)

// fetchFlags say how addresses are fetched.
type fetchFlags struct {
	private bool
}

func (f *fetchFlags) register(c *cobra.Command) {
	c.Flags().BoolVar(&f.private, "allow-private", false, "fetch addresses in private networks and of this machine, too")
}

// client fetches what the commands are given as addresses.
func (f *fetchFlags) client() *fetch.Client {
	cfg := fetch.Config{Agent: agent()}
	if f.private {
		cfg.Networks = fetch.All
	}
	return fetch.New(cfg)
}

// agent is the name and version that servers are told: "readout/v1.2.0".
func agent() string {
	v := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = strings.Trim(strings.ReplaceAll(info.Main.Version, " ", ""), "()")
	}
	return "readout/" + v
}
