package org.wagerail.ops.province;

import java.util.ArrayList;
import java.util.List;

/** The operating bank and the clearing members of a province; codes have the form, no more. */
final class Banks {
  static final String OPERATING = "105331000012";
  static final String OPERATING_ZH = "钱江示范银行杭州分行";
  static final String OPERATING_EN = "Qianjiang Demonstration Bank, Hangzhou Branch";

  private static final String[] HEADS = {
    "102", "103", "104", "301", "302", "305", "308", "309", "403", "313"
  };
  private static final String[] HEAD_NAMES = {
    "示范工业银行", "示范农业银行", "示范外贸银行", "示范交通银行", "示范信义银行", "示范民兴银行", "示范商招银行", "示范兴华银行", "示范邮政银行",
    "示范城市银行"
  };
  private static final String[] CITIES = {"3310", "3320", "3910", "6510"};
  private static final String[] CITY_NAMES = {"杭州", "宁波", "福州", "成都"};

  /**
   * @param direct the direct participant that its packages are addressed to
   */
  record Member(String code, String name, String direct) {}

  private final List<Member> members = new ArrayList<>();

  Banks() {
    for (int head = 0; head < HEADS.length; head++) {
      var direct = HEADS[head] + CITIES[0] + "00010";
      for (int city = 0; city < CITIES.length; city++) {
        members.add(
            new Member(
                HEADS[head] + CITIES[city] + "000" + (city + 1) + "0",
                HEAD_NAMES[head] + CITY_NAMES[city] + "分行",
                direct));
      }
    }
  }

  List<Member> members() {
    return members;
  }

  String member(int lot) {
    return members.get(lot % members.size()).code();
  }
}
