package org.wagerail.ops.province;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.wagerail.money.AccountNumber;
import org.wagerail.project.ResidentId;

/** People by their number: the same number is the same person in every file. */
final class People {
  private static final int NAME = 1;
  private static final int GIVEN = 2;
  private static final int SECOND = 3;
  private static final int BANK = 4;
  private static final int RATE = 5;
  private static final int DAYS = 6;
  private static final int CENTS = 7;
  private static final int TROUBLE = 8;
  private static final int ANSWER = 9;

  /**
   * Ordinal numbers of one day and region that belong to workers; the rest belong to signatories.
   */
  private static final int WORKERS_A_DAY = 800;

  private static final int SIGNATORIES_A_DAY = 199;
  private static final LocalDate OLDEST = LocalDate.of(1966, 1, 1);
  private static final int BIRTHDAYS = 14_000;
  private static final String[] BIRTH_DATES = new String[BIRTHDAYS];

  static {
    for (int i = 0; i < BIRTHDAYS; i++) {
      BIRTH_DATES[i] = OLDEST.plusDays(i).format(DateTimeFormatter.BASIC_ISO_DATE);
    }
  }

  private static final String[] REGIONS = {
    "330106", "330281", "330382", "330482", "330681", "330782", "340123", "340825", "341226",
    "341622", "360121", "360429", "360981", "411024", "411381", "411526", "411727", "420116",
    "420683", "421181", "430124", "430481", "430724", "431224", "500101", "500236", "510122",
    "510722", "511322", "511622", "511922", "513425", "520221", "520422", "520525", "522328",
    "530127", "530323", "530627", "532501", "610124", "610722", "620122", "621122", "653101"
  };

  private static final String[] SURNAMES =
      ("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 邓 冯 曹 彭 曾 肖 田 董 潘 袁"
              + " 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白"
              + " 孟 秦 邱 侯 江 尹 薛 闫 雷 龙 黎 史 陶 贺 毛 段 郝 顾 龚 邵 万 覃 武 钱 戴 严 莫 孔 向 常 欧阳 司马")
          .split(" ");

  private static final String[] GIVEN_NAMES =
      ("伟 强 军 勇 杰 涛 明 超 平 刚 建 国 华 志 文 斌 波 辉 鹏 飞 龙 海 林 峰 亮 云 春 生 福 贵 德 良 成 忠 全 根 水"
              + " 木 金 土 山 川 江 河 东 西 南 北 中 大 小 元 光 立 民 安 康 顺 喜 庆 祥 瑞 丰 财 宝 玉 珍 兰 英 梅 芳 秀"
              + " 霞 凤 琴 红 丽 娟 燕 萍 桂 花 莲 菊 香 翠 彩 银 长 永 万 正 开 树 景 振 兴 继 承 守 义 仁 礼 信 孝")
          .split(" ");

  /** Characters of real names that lie beyond the basic plane or in its extensions. */
  private static final String[] RARE = {
    "\ud842\udfb7", "\ud86d\udf5a", "\ud873\udd0a", "\u4dae", "\ud869\uddd2", "\ud86e\udd36"
  };

  private static final String[] PEOPLES = {
    "阿卜杜拉·买买提", "古丽娜尔·艾力", "艾尔肯·吐尔逊", "扎西·次仁", "阿依古丽·热合曼", "吉木·拉尔布", "努尔兰·叶尔肯"
  };

  private final Seed seed;
  private final ProvinceSpec spec;
  private final Banks banks;

  People(ProvinceSpec spec, Banks banks) {
    this.seed = new Seed(spec.seed());
    this.spec = spec;
    this.banks = banks;
  }

  String workerId(long worker) {
    return id(worker, worker / ((long) REGIONS.length * BIRTHDAYS) % WORKERS_A_DAY);
  }

  String signatoryId(long signatory) {
    long place = signatory / ((long) REGIONS.length * BIRTHDAYS) % SIGNATORIES_A_DAY;
    return id(signatory, WORKERS_A_DAY + place);
  }

  /** Different numbers have different regions, birth dates or ordinals, so no ID repeats. */
  private String id(long number, long ordinal) {
    int region = (int) (number % REGIONS.length);
    int day = (int) ((number / REGIONS.length * 9_377 + region * 311L) % BIRTHDAYS);
    var digits = new StringBuilder(18).append(REGIONS[region]).append(BIRTH_DATES[day]);
    digits.append((char) ('0' + ordinal / 100)).append((char) ('0' + ordinal / 10 % 10));
    digits.append((char) ('0' + ordinal % 10));
    return digits.append(ResidentId.checkDigit(digits)).toString();
  }

  String name(long person) {
    int lot = seed.draw(NAME, person, 1_000);
    if (lot < 12) {
      return seed.pick(GIVEN, person, PEOPLES);
    }
    var name =
        seed.pick(NAME, person / 7 + person, SURNAMES) + seed.pick(GIVEN, person, GIVEN_NAMES);
    if (lot < 17) {
      return name + seed.pick(SECOND, person, RARE);
    }
    return lot < 250 ? name : name + seed.pick(SECOND, person, GIVEN_NAMES);
  }

  /** 62 and 17 digits; the two before the last are {@link Troubles#clearing}. */
  String account(long worker) {
    // 8,675,309 has no factor of a power of ten, so no account repeats.
    long body = (worker * 8_675_309L + Math.floorMod(seed.value(), 1_000_000L)) % 10_000_000_000L;
    return accountOf(body, "17", spec.troubles().digits(seed.draw(ANSWER, worker, 1_000)));
  }

  /** An account that no worker has. */
  String foreignAccount(long worker) {
    return accountOf(worker, "99", "00");
  }

  private static String accountOf(long body, String issuer, String answer) {
    var digits = new StringBuilder(19).append("6228").append(issuer);
    var figures = Long.toString(body);
    digits.repeat('0', 10 - figures.length()).append(figures).append(answer);
    return digits.append(AccountNumber.checkDigit(digits)).toString();
  }

  /** The code of the bank that has the worker's account. */
  String bank(long worker) {
    int lot = seed.draw(BANK, worker, 10_000);
    return lot % 100 < spec.onUsPercent() ? Banks.OPERATING : banks.member(lot / 100);
  }

  /** The month's wage in fen: a day's rate times the days worked, some with cents. */
  long wage(long worker) {
    long rate = 220 + seed.draw(RATE, worker, 200);
    long days = 18 + seed.draw(DAYS, worker, 9);
    int cents = seed.draw(CENTS, worker, 400);
    return rate * days * 100 + (cents < 100 ? cents : 0);
  }

  Troubles.Kind trouble(long worker) {
    return spec.troubles().drawn(seed.draw(TROUBLE, worker, 1_000));
  }
}
