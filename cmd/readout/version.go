package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"readout"
)

// version is what was built: the module's version or the revision, as the Go
// toolchain noted it in the binary, and the models.
func version() string {
	v := "(unknown)"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v = info.Main.Version
	}
	return fmt.Sprintf("%s, models %s, %s", v, readout.Model, info.GoVersion)
}

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and its models",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(c.OutOrStdout(), "readout", version())
			return err
		},
	}
}
