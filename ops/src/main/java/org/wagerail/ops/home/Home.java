package org.wagerail.ops.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.wagerail.secrecy.MasterKey;

/**
 * The directory of one installation. Everything in it is readable by its owner alone.
 *
 * <pre>
 *   data/   embedded PostgreSQL        in/   documents that partners left
 *   store/  bytes of the messages      out/  messages for partners
 *   keys/   master key, passwords      log/  logs, without personal data
 * </pre>
 */
public final class Home {
  /** Names the directory; {@code ~/.wagerail} where it is not set. */
  public static final String VARIABLE = "WAGERAIL_HOME";

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final int KEY_BYTES = 32;
  private static final String MASTER_KEY = "master.key";

  /**
   * PostgreSQL's launcher hands its paths to a shell in double quotes, and the log's roller takes a
   * per cent sign for a pattern.
   */
  private static final Pattern UNFIT = Pattern.compile("[\"$`\\\\%\\p{Cntrl}]");

  private final Path root;

  private Home(Path root) {
    this.root = root;
  }

  /** The home that the environment names, created where it does not exist. */
  public static Home ofEnvironment(Map<String, String> environment) {
    return at(named(environment));
  }

  /**
   * The home that the environment names, for what makes sense only where something is.
   *
   * @throws CannotStart if nothing was ever kept there: a name may be mistyped
   */
  public static Home existing(Map<String, String> environment) {
    var path = named(environment);
    if (!Files.exists(path.resolve("keys").resolve(MASTER_KEY))) {
      throw new CannotStart(
          path + " 不是 Wagerail 的数据目录。请用 " + VARIABLE + " 指定，或先用 wagerail import 建立。",
          path
              + " is no home of Wagerail. Name one in "
              + VARIABLE
              + ", or make one with wagerail import.");
    }
    return at(path);
  }

  private static Path named(Map<String, String> environment) {
    var named = environment.get(VARIABLE);
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home"), ".wagerail")
        : Path.of(named);
  }

  /**
   * The home at this path, created with its folders where they do not exist.
   *
   * @throws CannotStart if a folder cannot be made or its path not be used
   */
  public static Home at(Path path) {
    var absolute = path.toAbsolutePath().normalize();
    try {
      refuseUnfit(absolute);
      makeFolder(absolute);
      var home = new Home(absolute.toRealPath());
      refuseUnfit(home.root());
      for (var folder :
          new Path[] {home.data(), home.store(), home.keys(), home.in(), home.out(), home.log()}) {
        makeFolder(folder);
      }
      return home;
    } catch (IOException e) {
      throw new CannotStart(
          "无法建立数据目录 " + absolute + "：" + e, "The home " + absolute + " cannot be made: " + e, e);
    }
  }

  private static void refuseUnfit(Path path) {
    if (UNFIT.matcher(path.toString()).find()) {
      throw new CannotStart(
          "数据目录的路径不得含有 \" $ ` \\ % 或控制字符：" + path,
          "The home's path must not have \" $ ` \\ % or control characters: " + path);
    }
  }

  public Path root() {
    return root;
  }

  public Path data() {
    return root.resolve("data");
  }

  public Path store() {
    return root.resolve("store");
  }

  public Path keys() {
    return root.resolve("keys");
  }

  public Path in() {
    return root.resolve("in");
  }

  public Path out() {
    return root.resolve("out");
  }

  public Path log() {
    return root.resolve("log");
  }

  /**
   * The master key of this installation, drawn at its first use. Whoever loses the file loses every
   * sealed value; whoever copies it can read them.
   */
  public MasterKey masterKey() {
    return new MasterKey(secret(keys().resolve(MASTER_KEY)));
  }

  /** 32 random bytes that stay the same from their first use on. */
  byte[] secret(Path file) {
    try {
      if (!Files.exists(file)) {
        drawSecret(file);
      }
      var bytes = Files.readAllBytes(file);
      if (bytes.length != KEY_BYTES) {
        throw new CannotStart(
            "密钥文件 " + file + " 应为 32 字节，实为 " + bytes.length + " 字节。",
            "The key file " + file + " should have 32 bytes and has " + bytes.length + ".");
      }
      return bytes;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The refusal of a home that is there, but cannot be read or written. */
  CannotStart unusable(IOException cause) {
    return new CannotStart(
        "数据目录 " + root + " 无法读写：" + cause, "The home " + root + " cannot be used: " + cause, cause);
  }

  /** Written aside and linked into place, so that no process ever reads half a key. */
  private static void drawSecret(Path file) throws IOException {
    var bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    var draft = Files.createTempFile(file.getParent(), "key", ".new", ownerOnly("rw-------"));
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      // Another process drew first; its key is the one that counts.
      assert Files.exists(file);
    } finally {
      Files.delete(draft);
    }
  }

  /** An empty file that only its owner can open. */
  static void createPrivate(Path file) throws IOException {
    Files.createFile(file, ownerOnly("rw-------"));
  }

  /**
   * A new folder that only its owner can open.
   *
   * @throws FileAlreadyExistsException if there is something of that name
   */
  public static Path createPrivateFolder(Path folder) throws IOException {
    return Files.createDirectory(folder, ownerOnly("rwx------"));
  }

  /** A folder, made for its owner alone where it is not there yet. */
  static Path makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    var parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      createPrivateFolder(folder);
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(folder)) {
        throw another;
      }
    }
    return folder;
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              Set.copyOf(PosixFilePermissions.fromString(permissions)))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
