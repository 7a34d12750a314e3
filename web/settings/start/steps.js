/** What a new shop has to do before customers come, and how one sees that it is done. Pure. */
import { stateOf } from "../integrations/state.js";

/**
 * @param {object} known what was asked of the hub: `settings`, `integrations`, and how many `products`, `articles`,
 *   `replies` and `users` there are; what somebody may not see is undefined
 * @returns {Array<{id: string, place: [string, Array?], isDone: boolean}>} in the order in which they are best done
 */
export function stepsOf({ settings = [], integrations = [], products, articles, replies, users }) {
    const isChanged = (...keys) => settings.some(({ key, is_default: isDefault }) => keys.includes(key) && !isDefault);
    const isConnected = (type) => {
        const service = integrations.find((each) => each.type === type);
        return service !== undefined && ["connected", "environment"].includes(stateOf(service));
    };
    const isOn = (key) => settings.some((each) => each.key === key && each.value === true);
    const counted = (count, least = 1) => count !== undefined && count >= least;
    return [
        { id: "shop", place: ["shop", ["shop"]], isDone: isChanged("shop.name_ar", "shop.name_en") },
        { id: "hours", place: ["shop", ["hours"]], isDone: isChanged("hours.week") },
        {
            id: "widget",
            place: ["shop", ["widget"]],
            isDone: isChanged("widget.color", "widget.greeting_ar", "widget.greeting_en"),
        },
        { id: "products", place: ["products"], isDone: counted(products) },
        { id: "team", place: ["users", ["new"]], isDone: counted(users, 2) },
        { id: "replies", place: ["replies"], isDone: counted(replies) },
        { id: "whatsapp", place: ["integrations", ["whatsapp"]], isDone: isConnected("whatsapp") },
        {
            id: "assistant",
            place: isConnected("openai") ? ["shop", ["assistant"]] : ["integrations", ["openai"]],
            isDone: isConnected("openai") && isOn("assistant.answers_first"),
        },
        { id: "articles", place: ["articles"], isDone: counted(articles) },
    ];
}
