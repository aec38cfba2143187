package org.wagerail.ops.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrowAwayTests {
  /** No process has the number: it is above what the kernel gives. */
  private static final String DEAD = "99999999999";

  @TempDir Path folder;

  @Test
  void goesWithItsFolderWhenNothingElseIsThere() throws IOException {
    Path place;
    try (var home = ThrowAway.open("test-" + folder.getFileName(), null, false)) {
      place = home.folder();
      Files.createDirectory(place.resolve("messages"));
      assertThat(home.home().root()).isEqualTo(place.toRealPath().resolve("home"));
    }
    assertThat(place).doesNotExist();
  }

  @Test
  void leavesWhatSomebodyPutBesideIt() throws IOException {
    Path message;
    try (var home = ThrowAway.open("test-" + folder.getFileName(), null, false)) {
      message = Files.createDirectory(home.folder().resolve("messages")).resolve("a.xml");
      Files.writeString(message, "<a/>");
    }
    assertThat(message).exists();
    assertThat(message.getParent().resolveSibling("home")).doesNotExist();
    Files.delete(message);
    Files.delete(message.getParent());
    Files.delete(message.getParent().getParent());
  }

  @Test
  void removesWhatAKilledOneLeftAndNothingElse() throws IOException {
    var killed = place("killed");
    Files.writeString(killed.home().root().resolve("throw-away"), DEAD);
    var alive = place("alive");
    try (var kept = ThrowAway.open("test-kept-" + folder.getFileName(), null, true)) {
      try (var next = ThrowAway.open("test-next-" + folder.getFileName(), null, false)) {
        assertThat(killed.folder()).doesNotExist();
        killed.close();
        assertThat(alive.home().root()).exists();
        assertThat(kept.home().root()).exists();
        assertThat(next.home().root()).exists();
      }
      Files.writeString(kept.home().root().resolve("throw-away"), DEAD);
    }
    alive.close();
    ThrowAway.open("test-last-" + folder.getFileName(), null, false).close();
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws IOException {
    Files.createFile(folder.resolve("theirs"));
    assertThatThrownBy(() -> ThrowAway.open("test-" + folder.getFileName(), folder, false))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("不空");
    assertThat(folder.resolve("theirs")).exists();
  }

  private ThrowAway place(String name) {
    return ThrowAway.open("test-" + name + "-" + folder.getFileName(), null, false);
  }
}
