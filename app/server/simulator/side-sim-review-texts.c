/* side-sim-review-texts.c - what the demo's reviewers find and say
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the languages of the three shops. Everybody here is made up.
 */
#include "side-sim-reviews.h"

#define SHOES         "f805f00a-7ee4-5993-983a-c409cb384073"
#define SHOES_SERVICE "5f18ef9e-1250-5821-9c55-a99525f3b990"
#define TEA           "7b4ad055-ca3c-5367-8011-0e2a9c6661e0"
#define TEA_SERVICE   "3704a943-2ed5-5b48-8c86-2f9c368aa4ee"
#define OAK           "4a844ec2-f6ee-58d8-97f2-8121a60fa973"
#define OAK_SERVICE   "1ea4d0ef-16d9-54b5-be38-31ef47559180"

#define OPERATOR SIDE_CAUSE_OPERATOR
#define SCRIPT   SIDE_CAUSE_SCRIPT
#define SYSTEM   SIDE_CAUSE_SYSTEM
#define CUSTOMER SIDE_CAUSE_CUSTOMER

static const SideSimHabit habits[] = {
  { SHOES, "1.1", 0.5, 0.03, FALSE, NULL, "Назвал магазин, но не себя — «частично»",
    { { 0.5, OPERATOR, NULL, "Себя не назвал" }, { 0.5, SYSTEM, "Начало фразы срезано связью", NULL },
      { 0, OPERATOR, "Поздно снял трубку", "Четыре гудка, потом «Алло»" } } },
  { SHOES, "1.2", 1.2, 0.06, FALSE, NULL, "Имя спрошено только при оформлении — «частично»",
    { { 0, OPERATOR, "Забыл", NULL }, { 0.5, OPERATOR, NULL, "Спросил уже при оформлении" },
      { 0, CUSTOMER, "Покупатель сразу заговорил о деле", NULL } } },
  { SHOES, "2.1", 1.4, 0.28, FALSE, NULL, "Вопрос «чёрные или серые?» открытым не считаем",
    { { 0.5, OPERATOR, NULL, "Один вопрос — и сразу модель" }, { 0, OPERATOR, "Не знает, о чём спрашивать", "Сразу спросил размер и цвет" },
      { 0.5, CUSTOMER, "Покупатель торопился", NULL } } },
  { SHOES, "2.2", 1.5, 0.10, TRUE, NULL, "Без артикула — не больше чем «частично»",
    { { 0.5, OPERATOR, NULL, "Размер повторил, артикул — нет" }, { 0.5, SYSTEM, "Артикулы не помещаются на экран", NULL },
      { 0, OPERATOR, "Торопился закончить", "«Всё, записал» — и сразу адрес" } } },
  { SHOES, "3.1", 1.6, 0.08, FALSE, NULL, "«Ещё что-нибудь?» — это «частично»",
    { { 0, OPERATOR, "Не знает, что подходит", NULL }, { 0.5, OPERATOR, NULL, "«Ещё что-нибудь?» — без предложения" },
      { 0, SYSTEM, "Не видно остатка носков и стелек", NULL } } },
  { SHOES, "4.1", 0.9, 0.05, TRUE, NULL, "Нужны оба: и день, и сумма",
    { { 0.5, OPERATOR, NULL, "День назвал, сумму — нет" }, { 0.5, SYSTEM, "График доставки не загрузился", NULL },
      { 0, OPERATOR, "Забыл", "«Вам придёт сообщение»" } } },
  { SHOES, "4.2", 0.8, 0.03, TRUE, NULL, "Номер в СМС — «частично»",
    { { 0.5, SYSTEM, "Номер появился не сразу", NULL }, { 0.5, SCRIPT, NULL, "В подсказке шага номера нет" },
      { 0, OPERATOR, NULL, "Попрощался без номера" } } },
  { SHOES, "4.3", 0.07, 0, FALSE, NULL, NULL,
    { { 0, OPERATOR, "Ответил наугад", "Сказал, что кроссовки не промокают: в карточке иначе" },
      { 0, SYSTEM, "Устаревшая карточка товара", "Обещал цвет, которого больше не привозят" },
      { 0, OPERATOR, "Не сдержался", "«Я вам уже третий раз говорю»" } } },
  { SHOES_SERVICE, "1.2", 0.8, 0.04, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, "Торопился", "Имя не спросил" }, { 0.5, SYSTEM, "Поиск по телефону не работает", NULL },
      { 0, OPERATOR, NULL, "Заказ искал по адресу, номер не спросил" } } },
  { SHOES_SERVICE, "2.1", 1.1, 0.08, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "Дважды перебил" }, { 0.5, SYSTEM, "Задержка звука на линии", NULL },
      { 0.5, CUSTOMER, "Покупатель говорил очень долго", NULL } } },
  { SHOES_SERVICE, "2.2", 1.2, 0.06, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "«В ближайшие дни» — это не срок" }, { 0, SYSTEM, "Статус не обновился", NULL },
      { 0, SYSTEM, "Курьер не ответил", NULL } } },
  { SHOES_SERVICE, "2.3", 1.0, 0.05, FALSE, "-returns", NULL,
    { { 0.5, OPERATOR, "Не знает правил возврата", "Про чек не сказал" }, { 0.5, SYSTEM, "Правила в программе устарели", NULL },
      { 0, OPERATOR, NULL, "Отправил читать сайт" } } },
  { SHOES_SERVICE, "3.1", 1.1, 0.04, FALSE, NULL, NULL,
    { { 0, OPERATOR, NULL, NULL }, { 0, SYSTEM, "В очереди ждали другие", NULL }, { 0, OPERATOR, NULL, "Сразу попрощался" } } },
  { SHOES_SERVICE, "3.3", 0.07, 0, FALSE, NULL, NULL,
    { { 0, OPERATOR, "Не сдержался", "Спорил с покупателем о том, кто виноват" },
      { 0, OPERATOR, "Ответил наугад", "Обещал деньги за день; по правилам — до десяти" },
      { 0, OPERATOR, "Не сдержался", "Положил трубку первым" } } },
  { TEA, "1.1", 0.5, 0.03, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, "Торопился", "Лавку назвал, себя — нет" }, { 0.5, SYSTEM, "Начало фразы срезано связью", NULL },
      { 0.5, OPERATOR, NULL, NULL } } },
  { TEA, "2.1", 1.2, 0.10, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "О вкусе спросил, для кого чай — нет" }, { 0, OPERATOR, "Не дослушал", NULL },
      { 0.5, CUSTOMER, "Покупатель сразу назвал сорт", NULL } } },
  { TEA, "2.2", 1.2, 0.12, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, "Увлёкся рассказом", "Пять сортов подряд, покупатель запутался" },
      { 0.5, OPERATOR, "Не пробовал эти сорта", "Разницу прочёл с карточки" }, { 0, OPERATOR, NULL, "Назвал сорта, разницы не объяснил" } } },
  { TEA, "2.3", 1.1, 0.05, TRUE, NULL, NULL,
    { { 0, OPERATOR, "Забыл", NULL }, { 0.5, OPERATOR, NULL, "Сказал температуру, время — нет" },
      { 0, CUSTOMER, "Покупатель сказал, что умеет", NULL } } },
  { TEA, "3.1", 0.8, 0.04, TRUE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "Состав повторил, сумму — нет" }, { 0, OPERATOR, "Торопился закончить", NULL }, { 0.5, SYSTEM, NULL, NULL } } },
  { TEA, "3.2", 1.5, 0.05, TRUE, NULL, NULL,
    { { 0, OPERATOR, NULL, NULL }, { 0, SYSTEM, "Пробники закончились", NULL }, { 0, OPERATOR, NULL, NULL } } },
  { TEA, "3.3", 0.05, 0, FALSE, NULL, NULL,
    { { 0, OPERATOR, "Ответил наугад", "Сказал, что в улуне нет кофеина" }, { 0, OPERATOR, "Не сдержался", "Посмеялся над вопросом" },
      { 0, OPERATOR, "Ответил наугад", "Назвал не тот год сбора" } } },
  { TEA_SERVICE, "2.1", 1.0, 0.06, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "Перебил один раз" }, { 0.5, CUSTOMER, NULL, NULL }, { 0.5, OPERATOR, NULL, NULL } } },
  { TEA_SERVICE, "2.2", 1.3, 0.06, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "День назвал, часы — нет" }, { 0, SYSTEM, NULL, "Склад не ответил" }, { 0.5, OPERATOR, NULL, NULL } } },
  { TEA_SERVICE, "2.3", 1.0, 0.04, FALSE, "-returns", NULL,
    { { 0.5, OPERATOR, NULL, "О способе возврата не сказал" }, { 0.5, SCRIPT, NULL, "В сценарии нет вскрытой пачки" }, { 0, OPERATOR, NULL, NULL } } },
  { OAK, "1.1", 0.5, 0.03, FALSE, NULL, "Shop without a name is “partly”",
    { { 0.5, OPERATOR, NULL, "Does not give a name" }, { 0.5, SYSTEM, "The line cut off the beginning", NULL },
      { 0, OPERATOR, "Answered late", "“Hello?” after five rings" } } },
  { OAK, "1.2", 1.2, 0.06, FALSE, NULL, NULL,
    { { 0, OPERATOR, "Forgot", NULL }, { 0.5, OPERATOR, NULL, "Only when taking the address" },
      { 0, CUSTOMER, "The customer went straight to the matter", NULL } } },
  { OAK, "2.1", 1.4, 0.22, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "One question, then a model" }, { 0, OPERATOR, "Does not know what to ask about furniture", NULL },
      { 0.5, CUSTOMER, "The customer was in a hurry", NULL } } },
  { OAK, "2.2", 1.5, 0.10, TRUE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "The goods, but no article numbers" }, { 0.5, SYSTEM, "Article numbers do not show on one screen", NULL },
      { 0, OPERATOR, "In a hurry to end", "“Right, got that”" } } },
  { OAK, "3.1", 1.6, 0.08, FALSE, NULL, NULL,
    { { 0, OPERATOR, "Does not know what goes with it", NULL }, { 0.5, OPERATOR, NULL, "“Anything else?” and no more" },
      { 0, SYSTEM, "Stock of extras does not show", NULL } } },
  { OAK, "4.1", 0.9, 0.05, TRUE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "The date, but not the total" }, { 0.5, SYSTEM, "The timetable did not load", NULL },
      { 0, OPERATOR, "Forgot", "“We’ll be in touch”" } } },
  { OAK, "4.2", 0.8, 0.03, TRUE, NULL, NULL,
    { { 0.5, SYSTEM, "The number was slow to appear", NULL }, { 0.5, OPERATOR, NULL, "“It’s in the e-mail”" },
      { 0, OPERATOR, NULL, NULL } } },
  { OAK, "4.3", 0.06, 0, FALSE, NULL, NULL,
    { { 0, OPERATOR, "Guessed", "“Oil never stains”: it does" }, { 0, SYSTEM, "The product’s record is out of date", "Promised a finish that is no longer made" },
      { 0, OPERATOR, "Lost their temper", "Talks over a complaint, then sighs" } } },
  { OAK_SERVICE, "1.2", 0.8, 0.04, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "Asks for the number twice" }, { 0.5, SYSTEM, NULL, "The search was down" }, { 0.5, OPERATOR, NULL, NULL } } },
  { OAK_SERVICE, "2.1", 1.0, 0.08, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "Cuts in twice" }, { 0.5, CUSTOMER, NULL, NULL }, { 0, OPERATOR, NULL, "Does not let them explain" } } },
  { OAK_SERVICE, "2.2", 1.2, 0.06, FALSE, NULL, NULL,
    { { 0.5, OPERATOR, NULL, "“Early next week” is no date" }, { 0, SYSTEM, NULL, "The haulier had no slot to give" }, { 0.5, OPERATOR, NULL, NULL } } },
  { OAK_SERVICE, "2.3", 1.0, 0.05, FALSE, "-returns", NULL,
    { { 0.5, OPERATOR, NULL, "Nothing about the collection" }, { 0.5, SCRIPT, NULL, "The script has no damaged goods" }, { 0, OPERATOR, NULL, NULL } } },
};

#define MARINA "Марина Ветрова"
#define OLEG   "Олег Тихонов"
#define INNA   "Инна Левина"
#define HELEN  "Helen Ward"

static const SideSimReviewer reviewers[] = {
  { MARINA, TRUE }, { HELEN, TRUE }, { OLEG, FALSE }, { INNA, FALSE },
};

static const SideSimDesk desks[] = {
  { "sneakers", SHOES, 40, "Заказы: по жребию за %s–%s", "%d.%m", { MARINA, OLEG, INNA },
    { "Спокойно и по делу, хороший пример для новичков", "Потребность выявил, допродажа к месту", "Чистый разговор, замечаний нет" },
    { "Разобрать вместе: спешит и пропускает шаги", "Покупатель дважды переспросил, что он заказал", "Начал хорошо, к концу скомкал" } },
  { "tea", TEA, 20, "Заказы чая: по жребию за %s–%s", "%d.%m", { INNA, OLEG },
    { "Рассказывает вкусно и коротко", "Подобрал чай под случай, покупатель доволен" },
    { "Много лекции, мало вопросов", "Совет дал, заказ не подвёл" } },
  { "oak", OAK, 24, "Orders drawn by lot, %s to %s", "%d/%m", { HELEN, OLEG },
    { "Warm and to the point", "Finds the need before naming a table", "Reads the order back as it should be" },
    { "In a hurry from the first minute", "Good advice, but the order was never read back" } },
};

static const SideSimQuarrel quarrels[] = {
  { "sneakers", "2.2", "Артикул я назвал, когда подбирал модель, и покупатель его подтвердил", NULL, FALSE },
  { "sneakers", "3.1", "Стельки предложил в начале разговора, покупатель отказался",
    "Предложение есть, до выбора размера. Засчитываем полностью", TRUE },
  { "sneakers", "2.1", "Покупатель сам сказал, что торопится",
    "Торопился он в конце разговора; на второй вопрос время было", FALSE },
  { "oak", "2.2", "The article number does not fit on one screen, I read what was there", NULL, FALSE },
};

static const SideSimLesson lessons[] = {
  { "sneakers", "3.1", 0.8,
    "Послушали три разговора. Допродажу пропускает, когда покупатель торопится: договорились предлагать одну вещь одной фразой, сразу после выбора размера.",
    "Предлагать носки или стельки в каждом заказе", "Выбор закончен, предложения нет", "Одной фразой и к месту" },
  { "sneakers", "2.2", 0.85,
    "Артикулы не читает вслух, потому что надо листать. Показал, как открыть корзину целиком.",
    "Каждый заказ повторять по артикулам и размерам", "Повторил только размер", "Повтор по артикулу и размеру" },
  { "tea", "2.1", 0.8, "Начинает с сортов, а не с вопросов. Тренировали первые две фразы.",
    "Два вопроса до первого сорта", "Первый сорт — на второй фразе", "Сначала спрашивает, для кого чай" },
  { "oak", "3.1", 0.75, "We listened to two calls together. Knows the extras, but forgets them once the price is out.",
    "One extra in every order, before the total", "Straight from the table to the address", "The bench, in one sentence" },
};

const SideSimHabit *
side_sim_find_habit (const char *script,
                     const char *criterion)
{
  for (gsize i = 0; i < G_N_ELEMENTS (habits); i++)
    if (g_str_equal (habits[i].script, script) && g_str_equal (habits[i].criterion, criterion))
      return &habits[i];
  return NULL;
}

const SideSimDesk *
side_sim_get_desk (guint i)
{
  return i < G_N_ELEMENTS (desks) ? &desks[i] : NULL;
}

const SideSimQuarrel *
side_sim_get_quarrel (guint i)
{
  return i < G_N_ELEMENTS (quarrels) ? &quarrels[i] : NULL;
}

const SideSimLesson *
side_sim_get_lesson (guint i)
{
  return i < G_N_ELEMENTS (lessons) ? &lessons[i] : NULL;
}

/**
 * side_simulator_get_reviewer:
 * @i: from 0
 *
 * Returns: (nullable): one of those who reviewed the demo's calls
 */
const SideSimReviewer *
side_simulator_get_reviewer (guint i)
{
  return i < G_N_ELEMENTS (reviewers) ? &reviewers[i] : NULL;
}
