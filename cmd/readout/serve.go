package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"readout"
	"readout/eval"
	"readout/mcp"
	"readout/reading"
	"readout/record"
	"readout/store/postgres"
	"readout/web"
	"readout/web/account"
	"readout/web/hook"
)

// serveFlags say what is served, and where.
type serveFlags struct {
	record recordFlags
	access accessFlags
	fetch  fetchFlags
	listen string
	log    string
	tlp    string
	// started is told the server's address once it listens; it may be nil.
	started func(base string)
}

const defaultListen = "127.0.0.1:8321"

func newServeCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "The record as pages in the browser, and as JSON for programs",
		Long: `Serve the record to a browser: the state of play, the timeline, every event down
to the words it rests on, who stands where, who met whom, what changed. The same
addresses give JSON to programs, and /api/v1/openapi.json tells them how.

As long as the record has no users it is for this machine alone: it listens at a
loopback address, and whoever works at the machine is let in as an editor, under
the name of the user who started it. To be reached by others it needs users
('readout user add'), who sign in, or sign on elsewhere (--oidc-issuer); programs
have tokens. Others may add to the record meanwhile; what they add is on the next
page.

/metrics has figures for Prometheus, /healthz and /readyz tell that the server
and the record answer. Requests are logged on standard error. Ctrl-C ends it when
what was asked is answered.`,
		Example: `  readout serve
  readout serve --db talks.db --listen 127.0.0.1:9000
  readout serve --listen :443 --tls-cert cert.pem --tls-key key.pem
  readout serve --behind-proxy --public https://talks.example.org --log json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 && len(f.access.proxies) > 0 {
				return usageError{hintError{fmt.Errorf("what is %s?", args[0]), "--behind-proxy=" + args[0]}}
			}
			return cobra.NoArgs(c, args)
		},
		RunE: func(c *cobra.Command, _ []string) error { return runServe(c, f) },
	}
	f.record.register(c)
	f.access.register(c)
	f.fetch.register(c)
	fl := c.Flags()
	fl.StringVar(&f.listen, "listen", defaultListen, "host and port; port 0 takes a free one")
	fl.StringVar(&f.log, "log", "text", "log of requests: text, json, off")
	fl.StringVar(&f.tlp, "tlp", "", "show articles up to this marking only: "+strings.Join(record.TLPNames(), ", "))
	for flag, values := range map[string][]string{"log": {"text", "json", "off"}, "tlp": record.TLPNames()} {
		// An error here is a flag that does not exist: the tests run this.
		_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	return c
}

func runServe(c *cobra.Command, f serveFlags) error {
	log, err := serveLog(f.log, c.ErrOrStderr())
	if err != nil {
		return err
	}
	var look record.Query
	if f.tlp != "" {
		if look.TLP, err = record.ParseTLP(f.tlp); err != nil {
			return usageError{fmt.Errorf("--tlp: %w", err)}
		}
	}
	if err := f.access.check(); err != nil {
		return err
	}
	public, err := f.access.public(f.listen)
	if err != nil {
		return err
	}
	secure, err := f.access.tls()
	if err != nil {
		return err
	}
	ctx := c.Context()
	open := f.record.open
	if postgres.IsURL(f.record.db) { // workers fill it, sooner or later
		open = f.record.create
	}
	l, err := open(ctx, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	guard, err := f.access.guard(ctx, account.NewBook(l.Ledger), f.listen, log)
	if err != nil {
		return err
	}
	defer guard.Close()
	r, err := readout.New(readout.Config{Workers: 1})
	if err != nil {
		return err
	}
	cards, err := modelCards()
	if err != nil {
		return err
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return hintError{fmt.Errorf("%s is in use", f.listen), "another --listen, or port 0 for a free one"}
	}
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	addr := ln.Addr().(*net.TCPAddr)
	name := storeName(f.record.db)
	if !strings.Contains(name, "://") {
		name = filepath.Base(name)
	}
	model, err := modelID()
	if err != nil {
		return err
	}
	var hosts []string // by any name, where nobody comes in without an account
	if !public {
		hosts = hostNames(addr)
		if _, host, ok := strings.Cut(f.access.address, "://"); ok {
			hosts = append(hosts, host)
		}
	}
	figures := newServerMetrics(model)
	client := f.fetch.client()
	defer client.Close()
	noted, err := notes(r, model)
	if err != nil {
		return err
	}
	scheme := "http"
	if secure != nil {
		scheme = "https"
		ln = tls.NewListener(ln, secure)
	}
	base := cmp.Or(f.access.address, scheme+"://"+addr.String())
	s := web.New(web.Config{
		MCP:  mcp.NewHandler(mcp.Config{Ledger: l.Ledger, Understand: eval.Understand(r), Base: base, TLP: look.TLP, Version: version(), Log: log}),
		Open: openInputs(client), Feeds: feedsOf((&watchFlags{record: f.record}).folder(), log), Notes: noted, Understand: eval.Understand(r),
		Guard: guard, Metrics: figures.handler(), Observe: figures.observe,
		Ledger: l.Ledger, Hosts: hosts, Base: f.access.address, Look: look, Name: name, Version: version(), Models: cards, Figures: eval.DevFigures, Log: log,
		Readers: max(1, runtime.GOMAXPROCS(0)/2),
		Read: func(ctx context.Context, a *record.Article) (*reading.Reading, error) {
			d, err := r.Read(ctx, readout.Article{
				Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Published: a.Published, Modified: a.Modified, Text: a.Text,
			})
			if err != nil {
				return nil, err
			}
			return reading.New(d, model), nil
		},
	})
	at := scheme + "://" + addr.String() + "/"
	if f.access.address != "" {
		at += ", for others " + f.access.address + "/"
	}
	fmt.Fprintf(c.ErrOrStderr(), "readout: %s at %s (Ctrl-C ends it)\n", name, at)
	if f.started != nil {
		f.started(scheme + "://" + addr.String())
	}
	var hooks sync.WaitGroup
	runner := hook.New(hook.Config{Ledger: l.Ledger, Tells: web.Tells, Base: base, Look: look, Agent: agent(), Log: log})
	hooks.Go(func() { runner.Run(ctx) })
	err = finish(ctx, s, serve(ctx, ln, figures.counting(s), log))
	if ctx.Err() != nil { // otherwise the program ends, and they with it
		hooks.Wait()
	}
	return err
}

// finish waits until what was handed in is read.
func finish(ctx context.Context, s *web.Server, err error) error {
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if late := s.Close(end); late != nil && err == nil {
		err = hintError{errors.New("what was handed in was not read to its end"), "what was added is kept; hand the rest in again"}
	}
	return err
}

// patience is how long answers that are under way may take when the server ends.
const patience = 10 * time.Second

// serve answers until ctx ends, and then what it has begun to answer.
func serve(ctx context.Context, ln net.Listener, h http.Handler, log *slog.Logger) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		done <- srv.Shutdown(end)
	}()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-done
}

func serveLog(format string, w io.Writer) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	case "off":
		return slog.New(slog.DiscardHandler), nil
	}
	return nil, usageError{hintError{fmt.Errorf("--log %q", format), "one of text, json, off"}}
}

// hostNames are the names by which a server at an address of this machine is
// called.
func hostNames(addr *net.TCPAddr) []string {
	out := []string{addr.String()}
	for _, h := range []string{"localhost", "127.0.0.1", "[::1]"} {
		out = append(out, fmt.Sprintf("%s:%d", h, addr.Port))
		if addr.Port == 80 {
			out = append(out, h)
		}
	}
	return out
}

// modelCards are the cards of the embedded models.
func modelCards() ([]web.Model, error) {
	var out []web.Model
	for _, m := range allModels {
		f, err := m()
		if err != nil {
			return nil, err
		}
		if f == nil { // a build without it
			continue
		}
		// "en-tag: what it does." is how a card begins.
		name, rest, _ := strings.Cut(f.Card, ":")
		does, _, _ := strings.Cut(rest, ".")
		out = append(out, web.Model{Name: name, Does: strings.Join(strings.Fields(does), " "), Card: f.Card})
	}
	return out, nil
}
