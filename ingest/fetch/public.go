package fetch

import "net/netip"

// special are the networks that lead elsewhere than to the Internet, beside
// those that package netip knows (IANA's registries of special-purpose addresses,
// RFC 6890), and addresses at which clouds tell a machine its secrets.
var special = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"168.63.129.16/32", // a cloud's
	"::/96", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10",
)

// carriers are the networks whose addresses hold one of the old Internet: where
// it begins.
var carriers = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12}, {netip.MustParsePrefix("2002::/16"), 2},
}

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// IsPublic tells an address of the Internet from those of the machine itself, of
// private networks, of a link, and of the services of a cloud.
func IsPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	for _, c := range carriers {
		if c.prefix.Contains(a) {
			b := a.As16()
			return IsPublic(netip.AddrFrom4([4]byte(b[c.at : c.at+4])))
		}
	}
	// Local translators may carry any address under this one.
	return !netip.MustParsePrefix("64:ff9b:1::/48").Contains(a)
}
