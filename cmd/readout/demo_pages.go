package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"runtime"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// demoPath is where the process stands in the pages, on the day of the demo.
func demoPath() string {
	return "/?" + url.Values{"process": {demoProcess}, "as_of": {demoDay}}.Encode()
}

// demoPages serves the record of the demo until it is interrupted, and opens a
// browser there.
func demoPages(c *cobra.Command, r recordFlags) error {
	f := serveFlags{record: r, listen: defaultListen, log: "off"}
	ln, err := (&net.ListenConfig{}).Listen(c.Context(), "tcp", f.listen)
	if err != nil { // somebody else serves there
		f.listen = "127.0.0.1:0"
	} else if err := ln.Close(); err != nil {
		return err
	}
	f.started = func(base string) {
		at := base + demoPath()
		fmt.Fprintf(c.ErrOrStderr(), "readout: the process on that day: %s\n", at)
		if err := openBrowser(at); err != nil {
			fmt.Fprintf(c.ErrOrStderr(), "readout: no browser could be opened (%v): go there with one\n", err)
		}
	}
	fmt.Fprintln(c.OutOrStdout())
	return runServe(c, f)
}

// desktop reports whether somebody sits at a terminal of a machine that shows
// windows.
func desktop(c *cobra.Command) bool {
	in, isFile := c.InOrStdin().(*os.File)
	out, isAlso := c.OutOrStdout().(*os.File)
	if !isFile || !isAlso || !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) || os.Getenv("CI") != "" {
		return false
	}
	switch runtime.GOOS {
	case "darwin", "windows":
		return os.Getenv("SSH_CONNECTION") == ""
	}
	return os.Getenv("DISPLAY")+os.Getenv("WAYLAND_DISPLAY") != ""
}

// openBrowser opens an address in the browser that the desktop has for it, and
// does not wait for it.
func openBrowser(at string) error {
	name, args := "xdg-open", []string{at}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", at}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // what it says is between it and the desktop
	return nil
}
