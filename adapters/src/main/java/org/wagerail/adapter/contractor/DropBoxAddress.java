package org.wagerail.adapter.contractor;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.file.remote.SftpConfiguration;

/**
 * Where the drop box is, and by what both sides prove themselves.
 *
 * @param folder on the server, without slashes at its ends; empty for the one that one lands in
 * @param key our private key, a file that only we read
 * @param knownHosts the server's public keys, as OpenSSH writes them
 */
record DropBoxAddress(
    String user, String host, int port, String folder, Path key, Path knownHosts) {
  private static final int PORT = 22;

  /**
   * Reads {@code sftp://user@host:port/folder}.
   *
   * @throws IllegalArgumentException when it says something else, or a key is missing
   */
  static DropBoxAddress of(String address, Path key, Path knownHosts) {
    var uri = URI.create(address);
    if (!"sftp".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getUserInfo() == null
        || uri.getUserInfo().contains(":")) {
      throw new IllegalArgumentException(
          "a drop box is sftp://user@host:port/folder, without a password / 地址格式不正确");
    }
    for (var file : new Path[] {key, knownHosts}) {
      if (!Files.isReadable(file)) {
        throw new IllegalArgumentException("the drop box needs " + file + " / 缺少密钥文件");
      }
    }
    return new DropBoxAddress(
        uri.getUserInfo(),
        uri.getHost(),
        uri.getPort() < 0 ? PORT : uri.getPort(),
        uri.getPath() == null ? "" : uri.getPath().replaceAll("^/+|/+$", ""),
        key,
        knownHosts);
  }

  /** Sets what no URI should carry; a folder may hold characters that mean something in one. */
  void apply(SftpConfiguration to, String below) {
    to.setUsername(user);
    to.setHost(host);
    to.setPort(port);
    to.setDirectory(folder.isEmpty() ? below : folder + "/" + below);
    to.setPrivateKeyFile(key.toString());
    to.setKnownHostsFile(knownHosts.toString());
    to.setUseUserKnownHostsFile(false);
    to.setAutoCreateKnownHostsFile(false);
    to.setStrictHostKeyChecking("yes");
    to.setPreferredAuthentications("publickey");
  }
}
