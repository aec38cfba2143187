package org.wagerail.adapter.feed;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where events may be sent. A name is resolved once for each connection, and what it resolved to is
 * both judged and called: a name that is another address the next moment leads nowhere.
 */
@Component
final class Targets implements DnsResolver {
  private static final int LONGEST = 500;

  private final boolean sandbox;
  private final boolean inside;

  /**
   * @param sandbox whether plain HTTP will do, and this machine is a target
   * @param inside whether the bank's own network is a target
   */
  Targets(
      @Value("${wagerail.sandbox:false}") boolean sandbox,
      @Value("${wagerail.webhook.private:false}") boolean inside) {
    this.sandbox = sandbox;
    this.inside = inside || sandbox;
  }

  /** Why an address is no target, in both languages; null when it is one. */
  @Nullable String fault(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      return "不是网址 / no URL";
    }
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (text.length() > LONGEST || url.getHost() == null || !url.isAbsolute()) {
      return "不是网址 / no URL";
    }
    if (!scheme.equals("https") && !(sandbox && scheme.equals("http"))) {
      return "须为 https / must be https";
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return "网址不得含用户信息或片段 / a URL with a user or a fragment in it";
    }
    try {
      resolve(url.getHost());
      return null;
    } catch (UnknownHostException e) {
      return "目标地址不可用 / not a target: " + e.getMessage();
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    // A literal IPv6 address stands in brackets in a URL.
    var name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    var addresses = SystemDefaultDnsResolver.INSTANCE.resolve(name);
    for (var address : addresses) {
      if (!inside && isInside(address)) {
        throw new UnknownHostException("an address of no public network");
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** Whether an address is of this machine, a private network, or one that nobody routes. */
  static boolean isInside(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    var bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet6Address) {
      // Unique local; NAT64 and 6to4, which carry an address of the other kind; documentation.
      return (first & 0xfe) == 0xfc
          || first == 0x20 && second == 0x02
          || first == 0x20 && second == 0x01 && (bytes[2] & 0xff) <= 0x0d
          || first == 0;
    }
    return first == 0
        || first >= 240
        || first == 100 && second >= 64 && second < 128
        || first == 192 && second == 0 && bytes[2] <= 2
        || first == 198 && (second == 18 || second == 19);
  }
}
