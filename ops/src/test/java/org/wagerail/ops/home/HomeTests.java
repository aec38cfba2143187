package org.wagerail.ops.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTests {
  @TempDir Path folder;

  @Test
  void makesFoldersAndKeyForItsOwnerAlone() throws IOException {
    var home = Home.ofEnvironment(Map.of("WAGERAIL_HOME", folder.resolve("a/b").toString()));
    home.masterKey();
    for (var name : new String[] {"", "data", "store", "keys", "in", "out", "log"}) {
      assertThat(permissions(home.root().resolve(name))).as(name).isEqualTo("rwx------");
    }
    assertThat(permissions(home.keys().resolve("master.key"))).isEqualTo("rw-------");
    assertThat(home.keys()).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void drawsTheMasterKeyOnce() throws IOException {
    var key = folder.resolve("home/keys/master.key");
    Home.at(folder.resolve("home")).masterKey();
    var first = Files.readAllBytes(key);
    Home.at(folder.resolve("home")).masterKey();
    assertThat(Files.readAllBytes(key)).hasSize(32).isEqualTo(first);
  }

  @Test
  void opensAnExistingHomeAndMakesNone() {
    var path = folder.resolve("home");
    var environment = Map.of("WAGERAIL_HOME", path.toString());
    assertThatThrownBy(() -> Home.existing(environment))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("不是 Wagerail 的数据目录")
        .hasMessageContaining("is no home of Wagerail");
    assertThat(path).doesNotExist();
    Home.at(path).masterKey();
    assertThat(Home.existing(environment).root()).isEqualTo(Home.at(path).root());
  }

  @Test
  void saysInBothLanguagesWhenItCannotBeMade() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Home.at(file.resolve("home")))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("无法建立数据目录")
        .hasMessageContaining("cannot be made");
  }

  @Test
  void refusesAPathThatAShellOrALogWouldReadOtherwise() {
    for (var name : new String[] {"a\"b", "a$b", "a`b", "a\\b", "a%b", "a\nb"}) {
      var path = folder.resolve(name);
      assertThatThrownBy(() -> Home.at(path))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("不得含有")
          .hasMessageContaining("must not have");
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void saysSoWhenItCannotBeRead() throws IOException {
    var home = Home.at(folder.resolve("home"));
    Files.createDirectory(home.keys().resolve("master.key"));
    assertThatThrownBy(home::masterKey)
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("无法读写")
        .hasMessageContaining("cannot be used");
    Files.createDirectory(home.root().resolve("owner.lock"));
    assertThatThrownBy(() -> Ownership.take(home))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void refusesADamagedKeyRatherThanDrawAnother() throws IOException {
    var home = Home.at(folder.resolve("home"));
    Files.write(home.keys().resolve("master.key"), new byte[31]);
    assertThatThrownBy(home::masterKey)
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("should have 32 bytes and has 31");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
