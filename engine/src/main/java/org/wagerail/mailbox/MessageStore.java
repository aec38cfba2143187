package org.wagerail.mailbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Message bytes by their SHA-256, encrypted at rest. A file is a header (format, 8 random bytes)
 * and chunks of at most 64 KiB, each AES-256-GCM under the nonce (random bytes, chunk number) with
 * "more follow" or "last" authenticated: bytes cannot be changed, swapped or cut off unnoticed.
 * Nothing is read or written whole.
 */
public final class MessageStore {
  /**
   * Bytes that are safely kept.
   *
   * @param hash SHA-256 of the bytes
   * @param size how many
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Kept(byte[] hash, long size) {
    public String hex() {
      return HexFormat.of().formatHex(hash);
    }
  }

  private static final byte[] FORMAT = {'W', 'R', 'S', 1};
  private static final int CHUNK = 1 << 16;
  private static final int TAG = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path root;
  private final Path drafts;
  private final SecretKey key;

  /**
   * Opens the store in a directory. Drafts that a crash left behind are removed; those of another
   * process at work on the same directory are not.
   */
  public MessageStore(Path root, SecretKey key) {
    this.root = root;
    this.drafts = root.resolve("drafts");
    this.key = key;
    try {
      Files.createDirectories(drafts);
      try (var left = Files.list(drafts)) {
        for (var draft : left.toList()) {
          if (ProcessHandle.of(author(draft)).isEmpty()) {
            Files.deleteIfExists(draft);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that began a draft, as its name says; 0 when it does not. */
  private static long author(Path draft) {
    var parts = draft.getFileName().toString().split("-");
    return parts.length > 1 && parts[1].matches("[0-9]{1,9}") ? Long.parseLong(parts[1]) : 0;
  }

  /** Keeps a stream to its end. */
  public Kept keep(InputStream in) throws IOException {
    try (var draft = draft()) {
      in.transferTo(draft);
      return draft.keep();
    }
  }

  /** Begins bytes that are written as they are made; {@link Draft#keep} makes them last. */
  public Draft draft() throws IOException {
    return new Draft();
  }

  /**
   * Reads kept bytes as a stream.
   *
   * @throws NoSuchFileException when nothing is kept under the hash
   * @throws IOException when the bytes were tampered with
   */
  public InputStream read(byte[] hash) throws IOException {
    return new Chunks(new BufferedInputStream(Files.newInputStream(place(hash)), CHUNK + TAG + 64));
  }

  /** Whether bytes are kept under the hash. */
  public boolean has(byte[] hash) {
    return Files.exists(place(hash));
  }

  /** Whether what is kept under the hash can be read to its end and has that hash. */
  private boolean isIntact(byte[] hash) {
    if (!has(hash)) {
      return false;
    }
    var digest = sha256();
    try (var kept = new DigestInputStream(read(hash), digest)) {
      kept.transferTo(OutputStream.nullOutputStream());
      return Arrays.equals(digest.digest(), hash);
    } catch (IOException damaged) {
      return false;
    }
  }

  /** A name in a folder lasts only when the folder is on disk. */
  private static void force(Path folder) throws IOException {
    try (var entries = FileChannel.open(folder)) {
      entries.force(true);
    }
  }

  private Path place(byte[] hash) {
    return folder(hash).resolve(HexFormat.of().formatHex(hash));
  }

  private Path folder(byte[] hash) {
    return root.resolve(HexFormat.of().toHexDigits(hash[0]));
  }

  private static byte[] nonce(byte[] random, int chunk) {
    return ByteBuffer.allocate(12).put(random).putInt(chunk).array();
  }

  /** Bytes on their way into the store. Closing without {@link #keep} forgets them. */
  public final class Draft extends OutputStream {
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final Cipher cipher = aes();
    private final byte[] random = new byte[8];
    private final byte[] plain = new byte[CHUNK];
    private final ByteBuffer sealed = ByteBuffer.allocate(CHUNK + TAG);
    private int filled;
    private int chunk;
    private long size;

    private Draft() throws IOException {
      RANDOM.nextBytes(random);
      file =
          Files.createTempFile(drafts, "message-" + ProcessHandle.current().pid() + "-", ".part");
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      channel.write(ByteBuffer.allocate(12).put(FORMAT).put(random).flip());
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      digest.update(bytes, offset, length);
      size += length;
      int from = offset;
      int left = length;
      while (left > 0) {
        // A full chunk waits until it is known that it is not the last.
        if (filled == CHUNK) {
          seal(false);
        }
        int part = Math.min(left, CHUNK - filled);
        System.arraycopy(bytes, from, plain, filled, part);
        filled += part;
        from += part;
        left -= part;
      }
    }

    private void seal(boolean last) throws IOException {
      try {
        cipher.init(
            Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce(random, chunk++)));
        cipher.updateAAD(new byte[] {(byte) (last ? 1 : 0)});
        sealed.clear();
        cipher.doFinal(ByteBuffer.wrap(plain, 0, filled), sealed);
        sealed.flip();
        while (sealed.hasRemaining()) {
          channel.write(sealed);
        }
        filled = 0;
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot seal a message", e);
      }
    }

    /**
     * Makes the bytes last: on disk, under their hash, before it returns. What is kept under the
     * hash already stays, unless it can no longer be read: then these bytes take its place.
     */
    public Kept keep() throws IOException {
      seal(true);
      // The bytes and their length; when they were written is of no account.
      channel.force(false);
      channel.close();
      var hash = digest.digest();
      var place = place(hash);
      if (isIntact(hash)) {
        Files.delete(file);
      } else {
        var folder = folder(hash);
        if (!Files.isDirectory(folder)) {
          Files.createDirectories(folder);
          force(root);
        }
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
      }
      return new Kept(hash, size);
    }

    @Override
    public void close() throws IOException {
      if (channel.isOpen()) {
        channel.close();
        Files.deleteIfExists(file);
      }
    }
  }

  private final class Chunks extends InputStream {
    private final InputStream in;
    private final Cipher cipher = aes();
    private final byte[] random;
    private byte[] plain = new byte[0];
    private int at;
    private int chunk;
    private boolean last;

    private Chunks(InputStream in) throws IOException {
      this.in = in;
      var header = in.readNBytes(12);
      if (header.length != 12 || !Arrays.equals(header, 0, 4, FORMAT, 0, 4)) {
        in.close();
        throw new IOException("not a kept message");
      }
      this.random = Arrays.copyOfRange(header, 4, 12);
    }

    @Override
    public int read() throws IOException {
      return more() ? plain[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!more()) {
        return -1;
      }
      int part = Math.min(length, plain.length - at);
      System.arraycopy(plain, at, into, offset, part);
      at += part;
      return part;
    }

    private boolean more() throws IOException {
      while (at == plain.length && !last) {
        var sealed = in.readNBytes(CHUNK + TAG);
        in.mark(1);
        last = in.read() < 0;
        in.reset();
        try {
          cipher.init(
              Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce(random, chunk++)));
          cipher.updateAAD(new byte[] {(byte) (last ? 1 : 0)});
          plain = cipher.doFinal(sealed);
          at = 0;
        } catch (GeneralSecurityException e) {
          throw new IOException("a kept message was changed", e);
        }
      }
      return at < plain.length;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cipher aes() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
