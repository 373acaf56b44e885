package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"readout/web/account"
)

// accessFlags say who reaches the server, and how.
type accessFlags struct {
	address   string // by which people reach it
	cert, key string
	proxies   []string
	issuer    string
	client    string
	secret    string
	roleClaim string
}

func (f *accessFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.address, "public", os.Getenv("READOUT_PUBLIC"), "`ADDRESS` by which people reach the server, as https://talks.example.org, for citations, feeds, hooks and cookies (or READOUT_PUBLIC)")
	fl.StringVar(&f.cert, "tls-cert", "", "file of the certificate, with its chain; read again when it changes")
	fl.StringVar(&f.key, "tls-key", "", "file of the certificate's key")
	fl.StringSliceVar(&f.proxies, "behind-proxy", nil, "believe X-Forwarded-For and -Proto of a proxy on this machine, or in these `NETWORKS`")
	fl.Lookup("behind-proxy").NoOptDefVal = "loopback"
	fl.StringVar(&f.issuer, "oidc-issuer", "", "address of a server of OpenID Connect where users sign on")
	fl.StringVar(&f.client, "oidc-client", "", "what this server is called there")
	fl.StringVar(&f.secret, "oidc-secret-file", "", "file with the secret of that client")
	fl.StringVar(&f.roleClaim, "oidc-role-claim", "", "claim with reader, editor or admin; without it, those who were added with 'readout user add --sign-on'")
}

// check refuses flags that do not go together.
func (f *accessFlags) check() error {
	if (f.cert == "") != (f.key == "") {
		return usageError{hintError{errors.New("--tls-cert and --tls-key go together"), "--tls-cert cert.pem --tls-key key.pem"}}
	}
	if f.address != "" {
		u, err := url.Parse(f.address)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" {
			return usageError{hintError{fmt.Errorf("--public %q", f.address), "a scheme and a host, as https://talks.example.org: the server has all of it"}}
		}
		f.address = u.Scheme + "://" + strings.ToLower(u.Host)
	}
	if (f.issuer == "") != (f.client == "") || f.issuer == "" && f.secret+f.roleClaim != "" {
		return usageError{hintError{errors.New("--oidc-issuer and --oidc-client go together"), "--oidc-issuer https://id.example.org --oidc-client readout --oidc-secret-file secret.txt"}}
	}
	if f.issuer != "" {
		u, err := url.Parse(f.issuer)
		if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !account.Loopback(u.Hostname())) {
			return usageError{hintError{fmt.Errorf("--oidc-issuer %q", f.issuer), "an address that begins with https://"}}
		}
	}
	return nil
}

// public reports whether others than the machine itself reach the server.
func (f *accessFlags) public(listen string) (bool, error) {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false, usageError{hintError{fmt.Errorf("--listen %q: %w", listen, err), "host and port, as " + defaultListen}}
	}
	return len(f.proxies) > 0 || !account.Loopback(host) || f.elsewhere(), nil
}

// elsewhere reports whether people reach the server by a name that other machines
// can have too: then something hands on to it what they ask.
func (f *accessFlags) elsewhere() bool {
	u, err := url.Parse(f.address)
	return f.address != "" && (err != nil || !account.Loopback(u.Hostname()))
}

// guard makes what stands before the pages. public is whether others than this
// machine reach them: then nobody comes in without an account.
func (f *accessFlags) guard(ctx context.Context, b *account.Book, listen string, log *slog.Logger) (*account.Guard, error) {
	public, err := f.public(listen)
	if err != nil {
		return nil, err
	}
	c := account.Config{Book: b, Log: log, TLS: strings.HasPrefix(f.address, "https://")}
	if f.issuer != "" {
		c.SignOn = &account.SignOn{Issuer: f.issuer, Client: f.client, RoleClaim: f.roleClaim, Base: f.address}
		if f.secret != "" {
			secret, err := os.ReadFile(f.secret)
			if err != nil {
				return nil, fmt.Errorf("--oidc-secret-file: %w", err)
			}
			c.SignOn.Secret = strings.TrimSpace(string(secret))
		}
	}
	if len(f.proxies) > 0 {
		if c.Proxies, err = account.ParseProxies(f.proxies); err != nil {
			return nil, usageError{fmt.Errorf("--behind-proxy: %w", err)}
		}
	}
	users, err := b.Accounts(ctx)
	if err != nil {
		return nil, recordError(err)
	}
	switch {
	case !public && f.issuer == "":
		c.Open = account.Identity{Name: userName(), Role: account.Editor}
	case len(users) == 0 && (f.issuer == "" || f.roleClaim == ""):
		what := "--listen " + listen
		switch {
		case len(f.proxies) > 0:
			what = "--behind-proxy"
		case f.elsewhere():
			what = "--public " + f.address
		}
		return nil, hintError{
			fmt.Errorf("%s: others could reach the record, and it has no users yet", what),
			"make one: readout user add NAME --role admin; or serve this machine alone, at " + defaultListen,
		}
	}
	if public && f.cert == "" && len(f.proxies) == 0 {
		log.Warn("without TLS, whoever is on the way sees passwords and what is read", "hint", "--tls-cert and --tls-key, or a proxy and --behind-proxy")
	}
	return account.NewGuard(c), nil
}

// tls is how the server speaks TLS; nil when it does not.
func (f *accessFlags) tls() (*tls.Config, error) {
	if f.cert == "" {
		return nil, nil
	}
	p := &pair{cert: f.cert, key: f.key}
	if _, err := p.get(nil); err != nil {
		return nil, hintError{fmt.Errorf("--tls-cert, --tls-key: %w", err), "two files in PEM"}
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: p.get}, nil
}

// pair is a certificate with its key, read again when its file was changed.
type pair struct {
	cert, key string
	mu        sync.Mutex
	changed   time.Time
	have      *tls.Certificate
}

func (p *pair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s, err := os.Stat(p.cert)
	if err == nil && (p.have == nil || !s.ModTime().Equal(p.changed)) {
		var c tls.Certificate
		if c, err = tls.LoadX509KeyPair(p.cert, p.key); err == nil {
			p.have, p.changed = &c, s.ModTime()
		}
	}
	if p.have != nil { // the old one will do while files are being changed
		return p.have, nil
	}
	return nil, err
}
