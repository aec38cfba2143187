package org.wagerail.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageStoreTests {
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

  @TempDir private Path root;

  @Test
  void keepsWhatItIsGivenUnderItsHashAndUnreadable() throws Exception {
    var bytes = "wages of October ".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    var store = new MessageStore(root, KEY);
    var kept = store.keep(new ByteArrayInputStream(bytes));
    assertThat(kept.hash()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(kept.size()).isEqualTo(bytes.length);
    try (var read = store.read(kept.hash())) {
      assertThat(read.readAllBytes()).isEqualTo(bytes);
    }
    var file = root.resolve(kept.hex().substring(0, 2)).resolve(kept.hex());
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain("wages");
  }

  @Test
  void bytesThatWereChangedAreNotRead() throws Exception {
    var store = new MessageStore(root, KEY);
    var kept = store.keep(new ByteArrayInputStream("paid once".getBytes(StandardCharsets.UTF_8)));
    var file = root.resolve(kept.hex().substring(0, 2)).resolve(kept.hex());
    var changed = Files.readAllBytes(file);
    changed[changed.length - 1] ^= 1;
    Files.write(file, changed);
    assertThatThrownBy(
            () -> {
              try (var read = store.read(kept.hash())) {
                read.readAllBytes();
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void removesTheDraftsOfTheDeadOnly() throws Exception {
    var store = new MessageStore(root, KEY);
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    var left = root.resolve("drafts").resolve("message-" + dead.pid() + "-1.part");
    Files.createFile(left);
    try (var draft = store.draft()) {
      draft.write(1);
      new MessageStore(root, KEY);
      assertThat(left).doesNotExist();
      assertThat(draft.keep().size()).isEqualTo(1);
    }
  }
}
